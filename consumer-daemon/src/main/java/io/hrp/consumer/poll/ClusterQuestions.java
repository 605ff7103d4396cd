package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What a look asks of Kafka. A topic, or a partition, about which Kafka does not answer is left out
 * of the answer, so that one of them never stands in the way of the others; what concerns the
 * cluster or the group as a whole throws.
 */
interface ClusterQuestions {
  /**
   * A topic as it is now.
   *
   * @param id Kafka's
   */
  record Topic(String id, int partitions) {
    public Topic {
      requireNonNull(id, "id");
    }
  }

  /** Collects why topics are left out: one line for people, by the topic's name. */
  interface Refusals {
    /** The daemon may not ask about this topic. */
    void refused(String topic, String message);
  }

  /** The topics of these names that exist. */
  Map<String, Topic> topics(Set<String> names, Refusals refusals)
      throws InterruptedException, ExecutionException, TimeoutException;

  /** Names of all topics that the daemon may see. */
  Set<String> topicNames() throws InterruptedException, ExecutionException, TimeoutException;

  /** Whether each topic's clean-up policy holds {@code compact}. */
  Map<String, Boolean> compaction(Set<String> names, Refusals refusals)
      throws InterruptedException, ExecutionException, TimeoutException;

  /** Committed offsets of a group, without those that do not exist. */
  Map<TopicPartition, OffsetAndMetadata> committed(
      String groupId, Collection<TopicPartition> partitions)
      throws InterruptedException, ExecutionException, TimeoutException;

  /** The first offset that still exists, of each partition. */
  Map<TopicPartition, Long> earliest(Set<TopicPartition> partitions, Refusals refusals)
      throws InterruptedException, ExecutionException, TimeoutException;

  /** One above the last offset that exists, of each partition. */
  Map<TopicPartition, Long> end(Set<TopicPartition> partitions, Refusals refusals)
      throws InterruptedException, ExecutionException, TimeoutException;

  /**
   * The ids of those topics that exist. Does not block; never completes exceptionally.
   *
   * @return from name to id
   */
  CompletableFuture<Map<String, String>> topicIds(Set<String> names);
}
