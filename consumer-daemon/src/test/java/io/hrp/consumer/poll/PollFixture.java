package io.hrp.consumer.poll;

import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.dispatch.ByteBudget;
import io.hrp.consumer.dispatch.LaneObserver;
import io.hrp.consumer.dispatch.PeerLanes;
import io.hrp.consumer.dispatch.PeerPace;
import io.hrp.consumer.offset.CommitMetadata;
import io.hrp.consumer.retry.PoisonPolicy;
import io.hrp.consumer.retry.RetryPolicy;
import io.hrp.consumer.status.PartitionSnapshot;
import io.hrp.consumer.testing.FakeTarget;
import io.hrp.consumer.testing.InMemoryDeadLetters;
import io.hrp.consumer.testing.SteppedScheduler;
import io.hrp.consumer.testing.TestRecords;
import io.hrp.control.ControlChange;
import io.hrp.control.StartPosition;
import io.hrp.control.testing.InMemoryControlLog;
import io.hrp.wire.TableId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** A poll step over Kafka's own mock consumer, with everything else in memory. */
final class PollFixture implements PartitionLookup, LaneObserver, PollObserver {
  static final String TOPIC = "hrp.default.orders";
  static final String TOPIC_ID = "topic-id";
  static final UUID CLUSTER = new UUID(7, 7);
  static final TopicPartition P0 = new TopicPartition(TOPIC, 0);
  static final TopicPartition P1 = new TopicPartition(TOPIC, 1);

  final SteppedScheduler scheduler;
  final FakeTarget target = new FakeTarget();
  final InMemoryDeadLetters deadLetters = new InMemoryDeadLetters();
  final InMemoryControlLog control;
  final ListeningConsumer consumer = new ListeningConsumer();
  final Map<TopicPartition, PartitionFacts> facts = new HashMap<>();
  final Map<TopicPartition, List<byte[][]>> log = new HashMap<>();
  final ByteBudget budget;
  final PeerLanes lanes;
  final PollStep step;
  private final Random random;

  /** How many of 1,000 looks at the clock answer a call of a held target. */
  int answersPerMille;

  Optional<UUID> clusterId = Optional.of(CLUSTER);

  /** Topics that looks may not ask about. */
  final Map<String, String> refused = new HashMap<>();

  int looks;

  /** How often the consumer was told of the cluster. */
  long metadataUpdates;

  /** What the questions for topic ids alone are answered with; empty for what looks say. */
  Optional<CompletableFuture<Map<String, String>>> topicIds = Optional.empty();

  int questionsForIds;
  private boolean wokenUp;

  /** Hands out the listener, for what the mock never calls. */
  static final class ListeningConsumer extends MockConsumer<byte[], byte[]> {
    private Optional<ConsumerRebalanceListener> listener = Optional.empty();

    /** What the consumer was asked to commit. */
    final List<Map<TopicPartition, OffsetAndMetadata>> asked = new ArrayList<>();

    /** Whether the broker is silent about commits that nobody waits for. */
    boolean ignoresAsync;

    /** Topics whose offsets may not be committed. */
    final Set<String> refusedTopics = new HashSet<>();

    ListeningConsumer() {
      super("none");
    }

    @Override
    public synchronized void subscribe(Pattern pattern, ConsumerRebalanceListener newListener) {
      listener = Optional.of(newListener);
      super.subscribe(pattern, newListener);
    }

    @Override
    public synchronized void commitAsync(
        Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
      asked.add(Map.copyOf(offsets));
      Map<TopicPartition, OffsetAndMetadata> allowed = allowed(offsets);
      if (ignoresAsync) {
        return;
      }
      if (allowed.size() == offsets.size()) {
        super.commitAsync(offsets, callback);
      } else {
        super.commitAsync(allowed, (answered, none) -> {});
        callback.onComplete(offsets, new TopicAuthorizationException(Set.copyOf(refusedTopics)));
      }
    }

    @Override
    public synchronized void commitSync(
        Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
      asked.add(Map.copyOf(offsets));
      Map<TopicPartition, OffsetAndMetadata> allowed = allowed(offsets);
      super.commitSync(allowed, timeout);
      if (allowed.size() < offsets.size()) {
        throw new TopicAuthorizationException(Set.copyOf(refusedTopics));
      }
    }

    private Map<TopicPartition, OffsetAndMetadata> allowed(
        Map<TopicPartition, OffsetAndMetadata> offsets) {
      Map<TopicPartition, OffsetAndMetadata> allowed = new HashMap<>(offsets);
      allowed.keySet().removeIf(each -> refusedTopics.contains(each.topic()));
      return allowed;
    }

    void lose(TopicPartition partition) {
      listener.orElseThrow().onPartitionsLost(List.of(partition));
    }
  }

  PollFixture(long seed, long budgetBytes) {
    this.random = new Random(seed);
    this.scheduler = new SteppedScheduler(random);
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    this.control = new InMemoryControlLog(clock, scheduler);
    this.budget = new ByteBudget(budgetBytes, this::wakeUp);
    this.lanes =
        new PeerLanes(
            "east",
            new PeerLanes.Surroundings(
                target, deadLetters, control, scheduler, this, scheduler, clock),
            new RetryPolicy(5_000, 10_000, PoisonPolicy.DEAD_LETTER, random::nextDouble),
            new PeerPace(4, 50, 1 << 20),
            budget);
    this.step =
        new PollStep(
            new PollStep.Parts(
                consumer,
                () -> metadataUpdates,
                lanes,
                this,
                control,
                this,
                new PollSettings(
                    2, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(5), 100),
                this::ticking,
                clock));
    consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
    consumer.updateEndOffsets(Map.of(P0, 0L, P1, 0L));
    control.update(
        "test",
        "",
        state ->
            List.of(
                ControlChange.declarePartitions(TestRecords.TABLE, 1),
                ControlChange.registerPeer("east", StartPosition.EARLIEST, Map.of())));
  }

  PollFixture() {
    this(1, 1 << 20);
  }

  /** Each look at the poll thread's clock lets the others run a little. */
  private long ticking() {
    scheduler.advance(1);
    int held = target.heldCalls();
    if (held > 0 && random.nextInt(1_000) < answersPerMille) {
      target.answerOne(random.nextInt(held));
    }
    scheduler.runAll();
    return scheduler.getAsLong();
  }

  /** The partition holds these messages, from offset 0 on, and this offset is committed. */
  void given(TopicPartition partition, long committed, List<byte[][]> messages) {
    log.put(partition, new ArrayList<>(messages));
    committed(partition, committed, metadata(TOPIC_ID, CLUSTER));
    consumer.updateEndOffsets(Map.of(partition, (long) messages.size()));
  }

  void committed(TopicPartition partition, long offset, String metadata) {
    facts.put(
        partition,
        new PartitionFacts(
            TOPIC_ID,
            false,
            Optional.of(new PartitionFacts.Committed(offset, metadata)),
            0,
            log.getOrDefault(partition, List.of()).size()));
  }

  void neverCommitted(TopicPartition partition) {
    facts.put(
        partition,
        new PartitionFacts(
            TOPIC_ID, false, Optional.empty(), 0, log.getOrDefault(partition, List.of()).size()));
  }

  static String metadata(String topicId, UUID cluster) {
    return new CommitMetadata(topicId, cluster.toString(), Optional.empty()).toText();
  }

  static byte[][] message(String row, byte[] value) {
    return new byte[][] {TestRecords.bytes(row), value};
  }

  static List<byte[][]> puts(int count, int rows) {
    List<byte[][]> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String row = "r" + i % rows;
      messages.add(message(row, TestRecords.put(row, i)));
    }
    return messages;
  }

  void assign(TopicPartition... partitions) {
    consumer.rebalance(List.of(partitions));
  }

  /** One turn, fed with what the broker would send at the position that the poll finds. */
  void turn() {
    consumer.schedulePollTask(
        () -> {
          if (wokenUp) {
            // This poll ends with an exception: what it would find stays at the broker.
            wokenUp = false;
            return;
          }
          for (TopicPartition partition : consumer.assignment()) {
            if (!consumer.paused().contains(partition)) {
              feed(partition, 40);
            }
          }
        });
    step.runOnce();
  }

  void wakeUp() {
    wokenUp = true;
    consumer.wakeup();
  }

  private void feed(TopicPartition partition, int most) {
    List<byte[][]> messages = log.getOrDefault(partition, List.of());
    long position = consumer.position(partition);
    for (long offset = position; offset < Math.min(messages.size(), position + most); offset++) {
      byte[][] message = messages.get((int) offset);
      consumer.addRecord(
          new ConsumerRecord<>(
              partition.topic(), partition.partition(), offset, message[0], message[1]));
    }
  }

  void turns(int count) {
    for (int i = 0; i < count; i++) {
      turn();
    }
  }

  long committedOffset(TopicPartition partition) {
    OffsetAndMetadata offset = consumer.committed(Set.of(partition)).get(partition);
    return offset == null ? -1 : offset.offset();
  }

  PartitionSnapshot snapshot(TopicPartition partition) {
    scheduler.advance(1_000);
    turn();
    return step.snapshot().partitions().stream()
        .filter(each -> each.partition() == partition.partition())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public CompletableFuture<Answer> look(Set<TopicPartition> partitions) {
    looks++;
    Map<TopicPartition, PartitionFacts> found = new HashMap<>(facts);
    // What the group has committed since is what Kafka would say.
    consumer
        .committed(partitions)
        .forEach(
            (partition, offset) -> {
              PartitionFacts known = found.get(partition);
              if (offset != null && known != null) {
                found.put(
                    partition,
                    new PartitionFacts(
                        known.topicId(),
                        known.isCompacted(),
                        Optional.of(
                            new PartitionFacts.Committed(offset.offset(), offset.metadata())),
                        known.earliestOffset(),
                        known.endOffset()));
              }
            });
    found.keySet().retainAll(partitions);
    return CompletableFuture.completedFuture(new Answer(found, clusterId, refused, "not there"));
  }

  @Override
  public CompletableFuture<Map<String, String>> topicIds(Set<String> topics) {
    questionsForIds++;
    Map<String, String> known = new HashMap<>();
    facts.forEach((partition, each) -> known.put(partition.topic(), each.topicId()));
    known.keySet().retainAll(topics);
    return topicIds.orElseGet(() -> CompletableFuture.completedFuture(known));
  }

  // Observers: nothing is counted here.

  @Override
  public void called(TableId table, int mutations, long bytes, long durationNanos) {}

  @Override
  public void applied(TableId table, int mutations, long bytes, long oldestMs, long newestMs) {}

  @Override
  public void looped(TableId table, int mutations) {}

  @Override
  public void discarded(TableId table, int records) {}

  @Override
  public void deadLettered(TableId table, FailureReason reason) {}

  @Override
  public void deadLetterFailed(TableId table, String reason) {}

  @Override
  public void faulted(TableId table, Throwable fault) {
    throw new AssertionError("a lane failed", fault);
  }

  @Override
  public void failed(TableId table, FailureReason reason, int mutations) {}

  @Override
  public void polled(TableId table, int records) {}

  @Override
  public void polledAfter(long nanos) {}

  @Override
  public void committed(boolean isSuccess, long durationNanos) {}

  @Override
  public void rebalanced(Change change, int partitions) {}
}
