package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.MutationApplier;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks partitions up with Kafka and the peer's applier, on the peer's second thread, and has noted
 * in the control topic what the answers allow to note ({@link ControlNotes}).
 */
final class KafkaPartitionLookup implements PartitionLookup {
  private static final Logger log = LoggerFactory.getLogger(KafkaPartitionLookup.class);

  private static final Duration TARGET_TIMEOUT = Duration.ofSeconds(3);

  private final ClusterQuestions kafka;
  private final String peer;
  private final MutationApplier applier;
  private final ControlNotes notes;
  private final Executor thread;

  KafkaPartitionLookup(
      ClusterQuestions kafka,
      String peer,
      MutationApplier applier,
      ControlNotes notes,
      Executor thread) {
    this.kafka = requireNonNull(kafka, "kafka");
    this.peer = requireNonNull(peer, "peer");
    this.applier = requireNonNull(applier, "applier");
    this.notes = requireNonNull(notes, "notes");
    this.thread = requireNonNull(thread, "thread");
  }

  @Override
  public CompletableFuture<Answer> look(Set<TopicPartition> partitions) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    try {
      thread.execute(() -> answer.complete(lookNow(partitions)));
    } catch (RejectedExecutionException stopping) {
      answer.complete(Answer.nothing("the daemon stops"));
    }
    return answer;
  }

  @Override
  public CompletableFuture<Map<String, String>> topicIds(Set<String> topics) {
    return kafka.topicIds(topics);
  }

  private Answer lookNow(Set<TopicPartition> partitions) {
    try {
      return lookThrowing(partitions);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Answer.nothing("interrupted");
    } catch (ExecutionException failed) {
      return Answer.nothing(String.valueOf(failed.getCause()));
    } catch (TimeoutException late) {
      return Answer.nothing(
          "Kafka did not answer within " + AdminQuestions.TIMEOUT.toMillis() + " ms");
    } catch (RuntimeException fault) {
      // The outermost frame of this thread's work: the poll thread must get its answer.
      log.error("a look at partitions failed; peer={}", peer, fault);
      return Answer.nothing(fault.toString());
    }
  }

  private Answer lookThrowing(Set<TopicPartition> partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<Optional<UUID>> clusterId =
        applier
            .clusterId()
            .thenApply(Function.identity())
            .completeOnTimeout(Optional.empty(), TARGET_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    Map<String, String> refused = new HashMap<>();
    Map<String, ClusterQuestions.Topic> topics = kafka.topics(topicsOf(partitions), refused::put);
    Map<String, Boolean> compaction = kafka.compaction(topics.keySet(), refused::put);
    Map<TopicPartition, OffsetAndMetadata> committed =
        kafka.committed(ControlNotes.groupOf(peer), partitionsOf(topics));
    notes.note(topics, committed);
    Set<TopicPartition> existing = new HashSet<>(partitions);
    existing.removeIf(
        partition -> {
          ClusterQuestions.Topic topic = topics.get(partition.topic());
          return topic == null
              || partition.partition() >= topic.partitions()
              || !compaction.containsKey(partition.topic());
        });
    Map<TopicPartition, Long> earliest = kafka.earliest(existing, refused::put);
    Map<TopicPartition, Long> end = kafka.end(existing, refused::put);
    Map<TopicPartition, PartitionFacts> facts = new HashMap<>();
    for (TopicPartition partition : existing) {
      ClusterQuestions.Topic topic = topics.get(partition.topic());
      Long first = earliest.get(partition);
      Long last = end.get(partition);
      if (topic != null && first != null && last != null) {
        facts.put(
            partition,
            new PartitionFacts(
                topic.id(),
                compaction.getOrDefault(partition.topic(), false),
                Optional.ofNullable(committed.get(partition))
                    .map(at -> new PartitionFacts.Committed(at.offset(), at.metadata())),
                first,
                last));
      }
    }
    return new Answer(
        facts, clusterId.get(), refused, "the topic does not exist, or nobody leads the partition");
  }

  private static Set<String> topicsOf(Set<TopicPartition> partitions) {
    Set<String> topics = new HashSet<>();
    partitions.forEach(partition -> topics.add(partition.topic()));
    return topics;
  }

  private static Set<TopicPartition> partitionsOf(Map<String, ClusterQuestions.Topic> topics) {
    Set<TopicPartition> partitions = new HashSet<>();
    topics.forEach(
        (name, topic) -> {
          for (int partition = 0; partition < topic.partitions(); partition++) {
            partitions.add(new TopicPartition(name, partition));
          }
        });
    return partitions;
  }
}
