package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka's admin client. */
final class AdminQuestions implements ClusterQuestions {
  /** For each question. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Records wait for this answer; the question is asked again soon. */
  private static final Duration TOPIC_ID_TIMEOUT = Duration.ofSeconds(3);

  /** The client's own, below ours: one partition without a leader must not use up both. */
  private static final int OFFSETS_TIMEOUT_MS = 8_000;

  private final Admin admin;

  AdminQuestions(Admin admin) {
    this.admin = requireNonNull(admin, "admin");
  }

  @Override
  public Map<String, Topic> topics(Set<String> names, Refusals refusals)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, Topic> found = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> each :
        admin.describeTopics(names).topicNameValues().entrySet()) {
      answer(
              each.getValue(),
              each.getKey(),
              "DESCRIBE",
              UnknownTopicOrPartitionException.class,
              refusals)
          .ifPresent(
              topic ->
                  found.put(
                      each.getKey(),
                      new Topic(topic.topicId().toString(), topic.partitions().size())));
    }
    return found;
  }

  @Override
  public Set<String> topicNames()
      throws InterruptedException, ExecutionException, TimeoutException {
    return get(admin.listTopics().names());
  }

  @Override
  public Map<String, Boolean> compaction(Set<String> names, Refusals refusals)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<ConfigResource> resources = new ArrayList<>();
    names.forEach(name -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, name)));
    Map<String, Boolean> found = new HashMap<>();
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> each :
        admin.describeConfigs(resources).values().entrySet()) {
      String name = each.getKey().name();
      answer(
              each.getValue(),
              name,
              "DESCRIBE_CONFIGS",
              UnknownTopicOrPartitionException.class,
              refusals)
          .ifPresent(config -> found.put(name, isCompacted(config)));
    }
    return found;
  }

  private static boolean isCompacted(Config config) {
    ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    return policy != null && policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(
      String groupId, Collection<TopicPartition> partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
    if (partitions.isEmpty()) {
      return found;
    }
    get(admin
            .listConsumerGroupOffsets(
                Map.of(groupId, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)),
                new ListConsumerGroupOffsetsOptions().requireStable(true))
            .partitionsToOffsetAndMetadata(groupId))
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                found.put(partition, offset);
              }
            });
    return found;
  }

  @Override
  public Map<TopicPartition, Long> earliest(Set<TopicPartition> partitions, Refusals refusals)
      throws InterruptedException, ExecutionException, TimeoutException {
    return offsets(partitions, OffsetSpec.earliest(), refusals);
  }

  @Override
  public Map<TopicPartition, Long> end(Set<TopicPartition> partitions, Refusals refusals)
      throws InterruptedException, ExecutionException, TimeoutException {
    return offsets(partitions, OffsetSpec.latest(), refusals);
  }

  private Map<TopicPartition, Long> offsets(
      Set<TopicPartition> partitions, OffsetSpec which, Refusals refusals)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> question = new HashMap<>();
    partitions.forEach(partition -> question.put(partition, which));
    ListOffsetsResult asked =
        admin.listOffsets(question, new ListOffsetsOptions().timeoutMs(OFFSETS_TIMEOUT_MS));
    Map<TopicPartition, Long> found = new HashMap<>();
    for (TopicPartition partition : partitions) {
      // Whatever would pass: nobody may lead the partition at the moment.
      answer(
              asked.partitionResult(partition),
              partition.topic(),
              "DESCRIBE",
              RetriableException.class,
              refusals)
          .ifPresent(offset -> found.put(partition, offset.offset()));
    }
    return found;
  }

  /** On the admin client's own thread: it must not wait for a look that waits for something. */
  @Override
  public CompletableFuture<Map<String, String>> topicIds(Set<String> names) {
    DescribeTopicsOptions options =
        new DescribeTopicsOptions().timeoutMs((int) TOPIC_ID_TIMEOUT.toMillis());
    Map<String, String> found = new ConcurrentHashMap<>();
    List<CompletableFuture<?>> answers = new ArrayList<>();
    admin
        .describeTopics(names, options)
        .topicNameValues()
        .forEach((name, topic) -> answers.add(note(name, topic, found)));
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(ignored -> Map.copyOf(found));
  }

  private static CompletableFuture<?> note(
      String name, KafkaFuture<TopicDescription> topic, Map<String, String> found) {
    return topic
        .toCompletionStage()
        .toCompletableFuture()
        .handle(
            (description, failure) -> {
              if (failure == null) {
                found.put(name, description.topicId().toString());
              }
              return name;
            });
  }

  /**
   * Empty if the topic, or the partition, is one that there is no answer about.
   *
   * @param passes failures of this class are the topic's own
   */
  private static <T> Optional<T> answer(
      KafkaFuture<T> asked,
      String topic,
      String right,
      Class<? extends RetriableException> passes,
      Refusals refusals)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return Optional.of(get(asked));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof TopicAuthorizationException) {
        refusals.refused(
            topic,
            "the daemon may not ask about the topic: grant its principal " + right + " on it");
        return Optional.empty();
      }
      if (passes.isInstance(failed.getCause())) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  private static <T> T get(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
