package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.dispatch.PeerLanes;
import io.hrp.consumer.status.PartitionSnapshot;
import io.hrp.consumer.status.PeerSnapshot;
import io.hrp.consumer.status.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Shows others how the peer is doing, by snapshots. Belongs to the poll thread, but for {@link
 * #snapshot}.
 */
final class PeerView {
  private static final long INTERVAL_NANOS = Duration.ofMillis(250).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final PeerLanes lanes;
  private final Steering steering;
  private final LongSupplier nanos;
  private long shownNanos;
  private boolean isSettled;

  /** Volatile: read by the status thread. */
  private volatile PeerSnapshot snapshot;

  PeerView(
      Consumer<byte[], byte[]> consumer, PeerLanes lanes, Steering steering, LongSupplier nanos) {
    this.consumer = requireNonNull(consumer, "consumer");
    this.lanes = requireNonNull(lanes, "lanes");
    this.steering = requireNonNull(steering, "steering");
    this.nanos = requireNonNull(nanos, "nanos");
    this.shownNanos = nanos.getAsLong() - INTERVAL_NANOS;
    this.snapshot = PeerSnapshot.none(lanes.peer());
  }

  PeerSnapshot snapshot() {
    return snapshot;
  }

  /** Shows how things are if it is time, or if a change of the control topic was taken up. */
  void showIfDue(Assignment assignment, Instant now) {
    long at = nanos.getAsLong();
    // Whoever steers waits for the control offset: it is told at once.
    boolean isNews =
        steering.takenUp(assignment, snapshot.controlOffset()) != snapshot.controlOffset();
    if (!isNews && at - shownNanos < INTERVAL_NANOS) {
      return;
    }
    shownNanos = at;
    for (PartitionWork work : assignment.all()) {
      if (work.runs()) {
        OptionalLong lag = consumer.currentLag(work.partition());
        if (lag.isPresent()) {
          work.endOffset(consumer.position(work.partition()) + lag.getAsLong(), now);
        }
      }
    }
    // What is assigned later is opened while the others flow: once settled, always settled.
    isSettled |=
        consumer.groupMetadata().generationId() > 0
            && Settlement.isReached(partitions(assignment), now);
    show(assignment);
  }

  /** Shows how things are, without asking the consumer. */
  void show(Assignment assignment) {
    long heldRecords = 0;
    for (PartitionWork work : assignment.all()) {
      heldRecords += work.isOpen() && work.runs() ? work.tracker().unfinished() : 0;
    }
    snapshot =
        new PeerSnapshot(
            lanes.peer(),
            steering.takenUp(assignment, snapshot.controlOffset()),
            lanes.budget().heldBytes(),
            heldRecords,
            isSettled,
            partitions(assignment));
  }

  private static List<PartitionSnapshot> partitions(Assignment assignment) {
    List<PartitionSnapshot> partitions = new ArrayList<>();
    assignment.all().forEach(work -> partitions.add(work.snapshot()));
    return partitions;
  }
}
