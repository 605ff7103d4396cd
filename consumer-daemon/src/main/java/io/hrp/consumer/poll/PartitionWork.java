package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.dispatch.PartitionLanes;
import io.hrp.consumer.offset.CommitMetadata;
import io.hrp.consumer.offset.OffsetTracker;
import io.hrp.consumer.status.PartitionSnapshot;
import io.hrp.consumer.status.PauseReason;
import io.hrp.control.ControlState;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One assignment of one partition: the object's identity is the epoch, so what belongs to an
 * earlier assignment finds another object, or none.
 *
 * <p>The partition is worked on while no reason speaks against it. Reasons come and go
 * independently of each other; those that {@link PauseReason#stopsIntakeOnly} leave the lanes
 * running, all others stop them too.
 *
 * <p>Belongs to the poll thread.
 */
final class PartitionWork {
  /** A reason with its beginning. */
  private record Pause(Instant since, String message, Optional<FailureReason> failure) {}

  /** After so long without another refusal a topic may be read. */
  private static final long REFUSAL_NANOS = Duration.ofSeconds(2).toNanos();

  private final TopicPartition partition;
  private final TableId table;
  private final EnumMap<PauseReason, Pause> pauses = new EnumMap<>(PauseReason.class);
  private final ReadTimes readTimes = new ReadTimes();
  private @Nullable OffsetTracker tracker;
  private @Nullable PartitionLanes lanes;
  private String metadata = "";
  private long committed = -1;
  private long endOffset = -1;
  private boolean runs;
  private boolean beginning;
  private long retryAtNanos;
  private int stalls;
  private long stuckOffset = -1;
  private long probeLimit;
  private @Nullable PauseReason stallReason;
  private @Nullable Pause stall;
  private long newestLook;
  private @Nullable ControlState steeredBy;

  PartitionWork(TopicPartition partition, TableId table) {
    this.partition = requireNonNull(partition, "partition");
    this.table = requireNonNull(table, "table");
  }

  TopicPartition partition() {
    return partition;
  }

  TableId table() {
    return table;
  }

  // Opening.

  boolean isOpen() {
    return lanes != null;
  }

  /**
   * Gives it lanes and a first position.
   *
   * @param offset committed already
   */
  void open(PartitionLanes newLanes, long offset) {
    lanes = requireNonNull(newLanes, "newLanes");
    newLanes.stop();
    tracker = new OffsetTracker(offset);
    committed = offset;
    beginning = false;
    metadata =
        new CommitMetadata(
                newLanes.identity().topicId(),
                newLanes.identity().targetClusterId().toString(),
                Optional.empty())
            .toText();
  }

  /** Gives an open partition other lanes; its old ones are quiet. */
  void replaceLanes(PartitionLanes newLanes) {
    lanes = requireNonNull(newLanes, "newLanes");
    newLanes.stop();
    runs = false;
  }

  /** Makes sure that no answer of this look, or an older one, is believed. */
  void distrustLooksUpTo(long look) {
    newestLook = look;
  }

  boolean trusts(long look) {
    return look > newestLook;
  }

  /** Whether its first offset is being committed. */
  boolean isBeginning() {
    return beginning;
  }

  void setBeginning(boolean isBeginning) {
    beginning = isBeginning;
  }

  PartitionLanes lanes() {
    if (lanes == null) {
      throw new IllegalStateException(partition + " is not open");
    }
    return lanes;
  }

  OffsetTracker tracker() {
    if (tracker == null) {
      throw new IllegalStateException(partition + " is not open");
    }
    return tracker;
  }

  /** What is committed beside its offsets. */
  String metadata() {
    return metadata;
  }

  // Reasons.

  /** Adds a reason, or gives one that holds a newer message. Returns whether it is new. */
  boolean pause(PauseReason reason, String message, Optional<FailureReason> failure, Instant now) {
    Pause before = reason == stallReason ? stall : pauses.get(reason);
    pauses.put(reason, new Pause(before == null ? now : before.since(), message, failure));
    return before == null;
  }

  /** Takes a reason away. Returns whether it held. */
  boolean lift(PauseReason reason) {
    return pauses.remove(reason) != null;
  }

  boolean isPausedFor(PauseReason reason) {
    return pauses.containsKey(reason);
  }

  /** Whether nothing speaks against reading on. */
  boolean mayRead() {
    return pauses.isEmpty();
  }

  /** Whether nothing speaks against working on what was read. */
  boolean mayWork() {
    for (PauseReason reason : pauses.keySet()) {
      if (!reason.stopsIntakeOnly()) {
        return false;
      }
    }
    return true;
  }

  /** Whether its lanes are started. */
  boolean runs() {
    return runs;
  }

  void setRuns(boolean doesRun) {
    runs = doesRun;
  }

  /** Whether its reasons are those of this control state, the same object. */
  boolean isSteeredBy(ControlState state) {
    return steeredBy == state;
  }

  void steeredBy(ControlState state) {
    steeredBy = state;
  }

  // Stalls.

  /** How often it has stalled in a row at the same offset. */
  int stalls() {
    return stalls;
  }

  /** Takes note of a stall, whose reason has been given to {@link #pause}. */
  void stalled(PauseReason reason, long retryAt) {
    stalls++;
    stallReason = reason;
    stall = pauses.get(reason);
    retryAtNanos = retryAt;
    if (stuckOffset < 0) {
      probeLimit = tracker().position();
    }
    stuckOffset = tracker().committable();
  }

  /** Whether it waits because lanes said that it cannot go on. */
  boolean isStalled() {
    return pauses.keySet().stream().anyMatch(PauseReason::isStall);
  }

  /** Lifts the stalls if it is time to try again. */
  void liftDueStalls(long nowNanos) {
    if (nowNanos - retryAtNanos >= 0) {
      pauses.keySet().removeIf(PauseReason::isStall);
    }
  }

  /** Whether what failed has been got over, so that newer records may be read. */
  void noticeProgress() {
    if (stuckOffset >= 0 && runs && tracker().committable() > stuckOffset) {
      endStall();
    }
  }

  /** Whether Kafka no longer refuses the topic, which shows in silence where nothing is to read. */
  void noticeSilence(long nowNanos) {
    if (stallReason == PauseReason.TOPIC_UNAUTHORIZED
        && runs
        && !isStalled()
        && nowNanos - retryAtNanos >= REFUSAL_NANOS) {
      endStall();
    }
  }

  private void endStall() {
    stuckOffset = -1;
    stalls = 0;
    stallReason = null;
    stall = null;
    pauses.remove(PauseReason.PROBING);
  }

  /** Whether everything read before the stall was read again, and what failed is not over. */
  boolean hasProbedEnough(long position) {
    return stuckOffset >= 0 && position >= probeLimit;
  }

  // Offsets.

  long committed() {
    return committed;
  }

  void committed(long offset) {
    committed = Math.max(committed, offset);
  }

  void endOffset(long offset, Instant now) {
    endOffset = Math.max(offset, endOffset);
    if (tracker != null) {
      readTimes.endIs(endOffset > tracker.position(), now);
    }
  }

  /** Notes the broker's time of a record that is the first of a chunk. */
  void read(long offset, long timestampMs) {
    readTimes.add(offset, timestampMs);
  }

  PartitionSnapshot snapshot() {
    long lowest = tracker == null ? committed : tracker.committable();
    long lag = endOffset < 0 || lowest < 0 ? -1 : Math.max(0, endOffset - lowest);
    Optional<Instant> oldest =
        tracker == null
            ? Optional.empty()
            : readTimes.oldest(lowest, tracker.position(), tracker.isDrained());
    return new PartitionSnapshot(
        table, partition.partition(), cause(), lowest, committed, lag, oldest);
  }

  /**
   * The weightiest reason. While what failed is being tried again, the failure goes on to be shown:
   * it is over only once it has been got over.
   */
  private Optional<PartitionSnapshot.Cause> cause() {
    for (Map.Entry<PauseReason, Pause> each : pauses.entrySet()) {
      if (!each.getKey().stopsIntakeOnly() || stallReason == null) {
        return Optional.of(causeOf(each.getKey(), each.getValue()));
      }
    }
    return stallReason != null && stall != null
        ? Optional.of(causeOf(stallReason, stall))
        : Optional.empty();
  }

  private static PartitionSnapshot.Cause causeOf(PauseReason reason, Pause pause) {
    return new PartitionSnapshot.Cause(reason, pause.failure(), pause.message(), pause.since());
  }
}
