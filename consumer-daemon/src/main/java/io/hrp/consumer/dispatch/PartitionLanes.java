package io.hrp.consumer.dispatch;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.ApplyOutcome.Failed;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.deadletter.DeadLetter;
import io.hrp.consumer.deadletter.SourceRecord;
import io.hrp.consumer.retry.PoisonFlood;
import io.hrp.consumer.status.PauseReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of one assignment of one partition. Rows are spread over lanes by a hash of the record
 * key, so a row is always in the same lane; lanes of different partitions never share a row,
 * because a row belongs to one partition.
 *
 * <p><b>Stopping.</b> {@link #stop} makes every lane give back what is not in flight, and lets no
 * lane begin another call: a lane looks at the stop flag after it has counted itself active and
 * before each call, and {@link #isQuiet} looks at that count after the flag was set. So once a
 * stopped partition is quiet, nothing of it is in flight and nothing will be. {@link #start} is for
 * a quiet partition alone, which is what keeps a row from being in two calls after a rewind.
 *
 * <p><b>Confirmation.</b> What was polled under a view of the cluster that nobody has checked yet
 * is kept here and goes on once {@link #confirm} says so; a stop drops it with the rest.
 *
 * <p><b>Threads.</b> {@link #offer}, {@link #hold}, {@link #confirm}, {@link #isHolding}, {@link
 * #stop} and {@link #start} belong to the poll thread; {@link #stall} to lane workers; the rest is
 * for any thread. No method blocks.
 */
public final class PartitionLanes {
  private final PeerLanes peer;
  private final PartitionIdentity identity;
  private final TableCounts counts;
  private final PoisonFlood flood;
  private final Lane[] lanes;
  private final List<List<LaneRecord>> chunks;
  private final AtomicInteger activeLanes = new AtomicInteger();
  private final AtomicLong heldBytes = new AtomicLong();
  private final HeldChunks unconfirmed = new HeldChunks();
  private long confirmedUpdate = Long.MIN_VALUE;

  /** Volatile: written by the poll thread and by a lane that stalls, read by every lane. */
  private volatile boolean stopped;

  /**
   * @param lanes how many lanes; each holds at most one call in flight
   * @param flood of the table
   */
  public PartitionLanes(PeerLanes peer, PartitionIdentity identity, int lanes, PoisonFlood flood) {
    this.peer = requireNonNull(peer, "peer");
    this.identity = requireNonNull(identity, "identity");
    this.counts = peer.countsOf(identity.table());
    this.flood = requireNonNull(flood, "flood");
    this.lanes = new Lane[lanes];
    this.chunks = new ArrayList<>(lanes);
    for (int i = 0; i < lanes; i++) {
      this.lanes[i] = new Lane(this);
      chunks.add(new ArrayList<>());
    }
  }

  public PartitionIdentity identity() {
    return identity;
  }

  /** Bytes that these lanes hold of the peer's budget. */
  public long heldBytes() {
    return heldBytes.get();
  }

  /** Whether no lane holds a record, waits, or has a call in flight. */
  public boolean isQuiet() {
    return activeLanes.get() == 0;
  }

  public boolean isStopped() {
    return stopped;
  }

  /**
   * Takes records in, in the order of their offsets. Their bytes count from now on. If a lane has
   * just stopped the partition they are dropped, which gives the bytes back.
   */
  public void offer(List<LaneRecord> records) {
    take(records);
    spread(records);
  }

  /**
   * Takes records in that go on, in the order of their offsets, once this update is confirmed.
   *
   * @param update of the consumer's metadata; never falls from one call to the next
   */
  public void hold(List<LaneRecord> records, long update) {
    unconfirmed.add(records, update, take(records));
  }

  private long take(List<LaneRecord> records) {
    long bytes = 0;
    for (LaneRecord record : records) {
      bytes += record.sizeBytes();
    }
    heldBytes.addAndGet(bytes);
    peer.budget().take(bytes);
    return bytes;
  }

  /** The topic is still the one that was opened, at this update of the consumer's metadata. */
  public void confirm(long update) {
    if (update <= confirmedUpdate) {
      return;
    }
    confirmedUpdate = update;
    for (List<LaneRecord> chunk = unconfirmed.pollUpTo(update);
        chunk != null;
        chunk = unconfirmed.pollUpTo(update)) {
      spread(chunk);
    }
  }

  /** The newest update of the consumer's metadata that the topic was confirmed at. */
  public long confirmedUpdate() {
    return confirmedUpdate;
  }

  /** Whether something waits for its confirmation. */
  public boolean isHolding() {
    return !unconfirmed.isEmpty();
  }

  /** Whether something has waited for its confirmation since this moment or longer. */
  public boolean isHoldingSince(long polledNanos) {
    return !unconfirmed.isEmpty() && unconfirmed.oldestPolledNanos() - polledNanos <= 0;
  }

  private void spread(List<LaneRecord> records) {
    for (LaneRecord record : records) {
      chunks.get(laneOf(record.key)).add(record);
    }
    for (int i = 0; i < lanes.length; i++) {
      List<LaneRecord> chunk = chunks.get(i);
      if (!chunk.isEmpty()) {
        lanes[i].offer(chunk);
        chunk.clear();
      }
    }
  }

  /** Begins no further call and gives back what is not in flight. Does nothing a second time. */
  public void stop() {
    stopped = true;
    if (!unconfirmed.isEmpty()) {
      giveBack(unconfirmed.clear());
    }
    for (Lane lane : lanes) {
      lane.wakeToStop();
    }
  }

  /** Goes on after a stop. */
  public void start() {
    if (!isQuiet()) {
      throw new IllegalStateException("lanes of " + identity + " are not quiet");
    }
    stopped = false;
  }

  private int laneOf(byte @Nullable [] key) {
    if (lanes.length == 1) {
      return 0;
    }
    // Spread differently from the partitioner, whose bits the keys of one partition share.
    int hash = Arrays.hashCode(key) * 0x9E3779B9;
    return (hash >>> 16) % lanes.length;
  }

  // What follows is for the lanes.

  PeerLanes peer() {
    return peer;
  }

  TableCounts counts() {
    return counts;
  }

  PoisonFlood flood() {
    return flood;
  }

  void laneActive() {
    activeLanes.incrementAndGet();
  }

  void laneIdle() {
    activeLanes.decrementAndGet();
  }

  void giveBack(long bytes) {
    heldBytes.addAndGet(-bytes);
    peer.budget().giveBack(bytes);
  }

  void finished(long[] offsets) {
    peer.report(new LaneReport.Finished(this, offsets));
  }

  /** Stops the partition and says why; the poll thread decides when it goes on. */
  void stall(PauseReason reason, Optional<FailureReason> failure, String message) {
    stopped = true;
    peer.report(new LaneReport.Stalled(this, reason, failure, message));
  }

  DeadLetter deadLetterOf(LaneRecord record) {
    Failed refusal = record.refusal;
    if (refusal == null) {
      throw new IllegalStateException("record at offset " + record.offset + " was not refused");
    }
    return new DeadLetter(
        identity.table(),
        peer.peer(),
        SourceRecord.of(
            identity.topic(), identity.partition(), record.offset, record.key, record.value),
        refusal.reason(),
        refusal.errorClass(),
        refusal.message(),
        peer.surroundings().clock().instant(),
        record.attempts);
  }
}
