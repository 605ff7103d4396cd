package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks what has to be known before a partition is worked on, and from time to time afterwards. Also
 * records in the control topic what the answers allow to record: that the peer was seen, and which
 * partitions it has begun.
 *
 * <p>No call blocks; futures never complete exceptionally.
 */
interface PartitionLookup {
  /**
   * What was found.
   *
   * @param facts of the partitions that exist and could be asked about
   * @param targetClusterId empty if the target did not say
   * @param refused topics that the daemon may not ask about: by name, a line for people
   * @param trouble why other facts are missing
   */
  record Answer(
      Map<TopicPartition, PartitionFacts> facts,
      Optional<UUID> targetClusterId,
      Map<String, String> refused,
      String trouble) {
    public Answer {
      facts = Map.copyOf(facts);
      requireNonNull(targetClusterId, "targetClusterId");
      refused = Map.copyOf(refused);
      requireNonNull(trouble, "trouble");
    }

    /** Nothing could be found out. */
    static Answer nothing(String trouble) {
      return new Answer(Map.of(), Optional.empty(), Map.of(), trouble);
    }
  }

  CompletableFuture<Answer> look(Set<TopicPartition> partitions);

  /**
   * Asks for the ids that topics have now, and for nothing else.
   *
   * @return the id of each topic by its name, without those that could not be asked about
   */
  CompletableFuture<Map<String, String>> topicIds(Set<String> topics);
}
