package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.MutationApplier;
import io.hrp.consumer.offset.CommitMetadata;
import io.hrp.control.ControlChange;
import io.hrp.control.ControlException;
import io.hrp.control.ControlReader;
import io.hrp.control.ControlState;
import io.hrp.control.ControlUpdater;
import io.hrp.control.ControlView;
import io.hrp.control.StartPosition;
import io.hrp.control.TopicStart;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks partitions up with Kafka's admin client and the peer's applier, on the peer's second
 * thread.
 *
 * <p>It also keeps two things in the control topic: that the peer was seen, with the partitions
 * that existed then; and for each table how many of its partitions have a first offset. The second
 * is read from the group's committed offsets after they were committed, by whichever daemon looks
 * next, so it never runs ahead of them, and a crash in between loses nothing.
 */
final class KafkaPartitionLookup implements PartitionLookup {
  private static final Logger log = LoggerFactory.getLogger(KafkaPartitionLookup.class);

  /** For each question; the next look asks again. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Duration CONFIRMATION_TIMEOUT = Duration.ofSeconds(3);

  private static final Duration TARGET_TIMEOUT = Duration.ofSeconds(3);

  /** Who asks, and for whom. */
  record Asker(String peer, String groupId, StartPosition start, String daemon) {}

  private record Begun(TableId table, String topicId, int partitions) {}

  private final Admin admin;
  private final Asker asker;
  private final MutationApplier applier;
  private final ControlReader control;
  private final ControlUpdater updater;
  private final Executor thread;

  KafkaPartitionLookup(
      Admin admin,
      Asker asker,
      MutationApplier applier,
      ControlReader control,
      ControlUpdater updater,
      Executor thread) {
    this.admin = requireNonNull(admin, "admin");
    this.asker = requireNonNull(asker, "asker");
    this.applier = requireNonNull(applier, "applier");
    this.control = requireNonNull(control, "control");
    this.updater = requireNonNull(updater, "updater");
    this.thread = requireNonNull(thread, "thread");
  }

  @Override
  public CompletableFuture<Answer> look(Set<TopicPartition> partitions) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    try {
      thread.execute(() -> answer.complete(lookNow(partitions)));
    } catch (RejectedExecutionException stopping) {
      answer.complete(nothing("the daemon stops"));
    }
    return answer;
  }

  /** On the admin client's own threads: it must not wait for a look that waits for something. */
  @Override
  public CompletableFuture<Map<String, String>> topicIds(Set<String> topics) {
    DescribeTopicsOptions options =
        new DescribeTopicsOptions().timeoutMs((int) CONFIRMATION_TIMEOUT.toMillis());
    Map<String, String> found = new ConcurrentHashMap<>();
    List<CompletableFuture<?>> answers = new ArrayList<>();
    admin
        .describeTopics(topics, options)
        .topicNameValues()
        .forEach(
            (name, topic) ->
                answers.add(
                    topic
                        .toCompletionStage()
                        .toCompletableFuture()
                        .handle(
                            (description, failure) ->
                                failure == null
                                    ? found.put(name, description.topicId().toString())
                                    : null)));
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(ignored -> Map.copyOf(found));
  }

  private Answer lookNow(Set<TopicPartition> partitions) {
    try {
      return lookThrowing(partitions);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return nothing("interrupted");
    } catch (ExecutionException failed) {
      return nothing(String.valueOf(failed.getCause()));
    } catch (TimeoutException late) {
      return nothing("Kafka did not answer within " + TIMEOUT.toMillis() + " ms");
    } catch (RuntimeException fault) {
      // The outermost frame of this thread's work: the poll thread must get its answer.
      log.error("a look at partitions failed; peer={}", asker.peer(), fault);
      return nothing(fault.toString());
    }
  }

  private static Answer nothing(String trouble) {
    return new Answer(Map.of(), Optional.empty(), trouble);
  }

  private Answer lookThrowing(Set<TopicPartition> partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<Optional<UUID>> clusterId =
        applier
            .clusterId()
            .thenApply(Function.identity())
            .completeOnTimeout(Optional.empty(), TARGET_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    Map<String, TopicDescription> topics = describe(topicsOf(partitions));
    Set<String> compacted = compacted(topics.keySet());
    Map<TopicPartition, OffsetAndMetadata> committed = committed(topics);
    record(topics, committed);
    Map<TopicPartition, String> existing = new HashMap<>();
    for (TopicPartition partition : partitions) {
      TopicDescription topic = topics.get(partition.topic());
      if (topic != null && partition.partition() < topic.partitions().size()) {
        existing.put(partition, topic.topicId().toString());
      }
    }
    Map<TopicPartition, Long> earliest = offsets(existing.keySet(), OffsetSpec.earliest());
    Map<TopicPartition, Long> end = offsets(existing.keySet(), OffsetSpec.latest());
    Map<TopicPartition, PartitionFacts> facts = new HashMap<>();
    for (Map.Entry<TopicPartition, String> each : existing.entrySet()) {
      TopicPartition partition = each.getKey();
      OffsetAndMetadata offset = committed.get(partition);
      facts.put(
          partition,
          new PartitionFacts(
              each.getValue(),
              compacted.contains(partition.topic()),
              Optional.ofNullable(offset)
                  .map(at -> new PartitionFacts.Committed(at.offset(), at.metadata())),
              earliest.getOrDefault(partition, 0L),
              end.getOrDefault(partition, 0L)));
    }
    return new Answer(facts, clusterId.get(), "the topic does not exist");
  }

  private static Set<String> topicsOf(Set<TopicPartition> partitions) {
    Set<String> topics = new HashSet<>();
    partitions.forEach(partition -> topics.add(partition.topic()));
    return topics;
  }

  private Map<String, TopicDescription> describe(Set<String> topics)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, TopicDescription> found = new HashMap<>();
    Map<String, KafkaFuture<TopicDescription>> asked =
        admin.describeTopics(topics).topicNameValues();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> each : asked.entrySet()) {
      try {
        found.put(each.getKey(), get(each.getValue()));
      } catch (ExecutionException failed) {
        if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw failed;
        }
      }
    }
    return found;
  }

  private Set<String> compacted(Set<String> topics)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<ConfigResource> resources = new ArrayList<>();
    topics.forEach(name -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, name)));
    Set<String> found = new HashSet<>();
    for (Map.Entry<ConfigResource, Config> each :
        get(admin.describeConfigs(resources).all()).entrySet()) {
      ConfigEntry policy = each.getValue().get(TopicConfig.CLEANUP_POLICY_CONFIG);
      if (policy != null && policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
        found.add(each.getKey().name());
      }
    }
    return found;
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(Map<String, TopicDescription> topics)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<TopicPartition> partitions = new ArrayList<>();
    topics.forEach(
        (name, topic) ->
            topic
                .partitions()
                .forEach(each -> partitions.add(new TopicPartition(name, each.partition()))));
    Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
    if (partitions.isEmpty()) {
      return found;
    }
    get(admin
            .listConsumerGroupOffsets(
                Map.of(
                    asker.groupId(),
                    new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)),
                new ListConsumerGroupOffsetsOptions().requireStable(true))
            .partitionsToOffsetAndMetadata())
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                found.put(partition, offset);
              }
            });
    return found;
  }

  private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> question = new HashMap<>();
    partitions.forEach(partition -> question.put(partition, which));
    Map<TopicPartition, Long> found = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> each :
        get(admin.listOffsets(question).all()).entrySet()) {
      found.put(each.getKey(), each.getValue().offset());
    }
    return found;
  }

  private static <T> T get(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Writes to the control topic what is not there yet. A failure is met by the next look. */
  private void record(
      Map<String, TopicDescription> topics, Map<TopicPartition, OffsetAndMetadata> committed)
      throws InterruptedException, ExecutionException, TimeoutException {
    ControlView view = control.current();
    if (!view.complete()) {
      return;
    }
    Map<TableId, Integer> existing =
        view.state().peerRegistration(asker.peer()).isPresent() ? Map.of() : existingTables();
    List<Begun> begun = new ArrayList<>();
    topics.forEach(
        (name, topic) ->
            TopicNames.tableOfDataTopic(name)
                .ifPresent(table -> begun.add(begun(table, topic, committed))));
    if (changes(view.state(), existing, begun).isEmpty()) {
      return;
    }
    try {
      updater.update(
          asker.daemon(), "partitions assigned", state -> changes(state, existing, begun));
    } catch (ControlException failed) {
      log.warn(
          "could not note the peer's beginnings in hrp-control, will try again; peer={} cause={}",
          asker.peer(),
          failed.toString());
    }
  }

  private List<ControlChange> changes(
      ControlState state, Map<TableId, Integer> existing, List<Begun> begun) {
    List<ControlChange> changes = new ArrayList<>();
    if (state.peerRegistration(asker.peer()).isEmpty()) {
      changes.add(ControlChange.registerPeer(asker.peer(), asker.start(), existing));
    }
    for (Begun each : begun) {
      Optional<TopicStart> known = state.topicStart(asker.peer(), each.table());
      // Under another id nothing is changed: that the topic is another one is for a person to see.
      boolean isNews =
          known.isEmpty()
              || (known.get().topicId().equals(each.topicId())
                  && known.get().partitions() < each.partitions());
      if (each.partitions() > 0 && isNews) {
        changes.add(
            ControlChange.startTopic(
                asker.peer(), each.table(), each.topicId(), each.partitions()));
      }
    }
    return changes;
  }

  /** How many partitions from 0 on have a first offset that counts in the topic as it is now. */
  private static Begun begun(
      TableId table, TopicDescription topic, Map<TopicPartition, OffsetAndMetadata> committed) {
    String topicId = topic.topicId().toString();
    int partitions = 0;
    while (partitions < topic.partitions().size()) {
      OffsetAndMetadata offset = committed.get(new TopicPartition(topic.name(), partitions));
      if (offset == null
          || !CommitMetadata.parse(offset.metadata())
              .map(each -> each.topicId().equals(topicId))
              .orElse(true)) {
        break;
      }
      partitions++;
    }
    return new Begun(table, topicId, partitions);
  }

  private Map<TableId, Integer> existingTables()
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<String> names = new HashSet<>();
    for (String name : get(admin.listTopics().names())) {
      if (TopicNames.tableOfDataTopic(name).isPresent()) {
        names.add(name);
      }
    }
    Map<TableId, Integer> tables = new HashMap<>();
    describe(names)
        .forEach(
            (name, topic) ->
                TopicNames.tableOfDataTopic(name)
                    .ifPresent(table -> tables.put(table, topic.partitions().size())));
    return tables;
  }
}
