package io.hrp.consumer.dispatch;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.status.PauseReason;
import java.util.Optional;

/**
 * What lanes tell the poll thread. It names the assignment it speaks of, so that a report which
 * comes after a revocation finds nobody.
 */
public sealed interface LaneReport {
  /** The assignment's lanes. */
  PartitionLanes lanes();

  /** Offsets whose work is over, whichever way; in no order. */
  final class Finished implements LaneReport {
    private final PartitionLanes lanes;
    private final long[] offsets;

    /**
     * @param offsets handed over: not altered afterwards
     */
    Finished(PartitionLanes lanes, long[] offsets) {
      this.lanes = requireNonNull(lanes, "lanes");
      this.offsets = requireNonNull(offsets, "offsets");
    }

    @Override
    public PartitionLanes lanes() {
      return lanes;
    }

    public int size() {
      return offsets.length;
    }

    public long offset(int index) {
      return offsets[index];
    }
  }

  /**
   * The partition cannot go on. Its lanes have stopped and give back what is not in flight.
   *
   * @param failure what the target, or the record, is said to suffer from; empty if neither is
   * @param message one line for people
   */
  record Stalled(
      PartitionLanes lanes, PauseReason reason, Optional<FailureReason> failure, String message)
      implements LaneReport {
    public Stalled {
      requireNonNull(lanes, "lanes");
      requireNonNull(reason, "reason");
      requireNonNull(failure, "failure");
      requireNonNull(message, "message");
    }
  }
}
