package io.hrp.consumer.dispatch;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.ApplyOutcome.Failed;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.wire.TableId;
import java.util.Arrays;

/**
 * Collects what a lane has finished and hands it on at once: offsets to the poll thread, bytes to
 * the budget, counts to metrics. Belongs to one lane; {@link #flush} before the lane waits.
 */
final class FinishedOffsets {
  private final PartitionLanes partition;
  private final TableId table;
  private long[] offsets = new long[64];
  private int size;
  private long bytes;
  private int applied;
  private long appliedBytes;
  private long oldestTimestampMs;
  private long newestTimestampMs;
  private int origin;
  private int leftEmpty;
  private int discarded;

  FinishedOffsets(PartitionLanes partition, TableId table) {
    this.partition = requireNonNull(partition, "partition");
    this.table = requireNonNull(table, "table");
  }

  void addApplied(LaneRecord record) {
    add(record);
    if (applied == 0) {
      oldestTimestampMs = record.timestampMs;
      newestTimestampMs = record.timestampMs;
    } else {
      oldestTimestampMs = Math.min(oldestTimestampMs, record.timestampMs);
      newestTimestampMs = Math.max(newestTimestampMs, record.timestampMs);
    }
    applied++;
    appliedBytes += record.sizeBytes();
  }

  /** Some of those added as applied held nothing for the peer. */
  void leftEmpty(int count) {
    leftEmpty += count;
  }

  /** The target had it already. */
  void addSkipped(LaneRecord record) {
    add(record);
    origin++;
  }

  void addDiscarded(LaneRecord record) {
    add(record);
    discarded++;
  }

  void addDeadLettered(LaneRecord record) {
    add(record);
    partition.counts().deadLettered.increment();
    Failed refusal = record.refusal;
    FailureReason reason = refusal == null ? FailureReason.UNCLASSIFIED : refusal.reason();
    observer().deadLettered(table, reason);
  }

  private void add(LaneRecord record) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2);
    }
    offsets[size++] = record.offset;
    bytes += record.sizeBytes();
  }

  /** Hands on what was collected. */
  void flush() {
    if (size == 0) {
      return;
    }
    count();
    long[] handedOver = Arrays.copyOf(offsets, size);
    size = 0;
    partition.finished(handedOver);
    long given = bytes;
    bytes = 0;
    partition.giveBack(given);
  }

  private void count() {
    TableCounts counts = partition.counts();
    int onTarget = applied - leftEmpty;
    if (onTarget > 0) {
      counts.applied.add(onTarget);
      observer().applied(table, onTarget, appliedBytes, oldestTimestampMs, newestTimestampMs);
    }
    if (origin > 0) {
      counts.filtered.add(origin);
      observer().looped(table, origin);
    }
    // What is left empty held nothing but disabled families: an operator discarded all of it.
    int byOperator = discarded + leftEmpty;
    if (byOperator > 0) {
      counts.discarded.add(byOperator);
      observer().discarded(table, byOperator);
    }
    applied = 0;
    appliedBytes = 0;
    leftEmpty = 0;
    origin = 0;
    discarded = 0;
  }

  private LaneObserver observer() {
    return partition.peer().surroundings().observer();
  }
}
