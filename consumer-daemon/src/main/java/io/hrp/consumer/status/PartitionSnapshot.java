package io.hrp.consumer.status;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.FailureReason;
import io.hrp.wire.TableId;
import java.time.Instant;
import java.util.Optional;

/**
 * How an assigned partition is doing at one moment.
 *
 * @param cause the weightiest reason against working on it; empty if it runs
 * @param lowestUnfinished lowest unfinished offset; -1 if not known
 * @param committed committed offset; -1 if not known
 * @param lagRecords records from the lowest unfinished one to the end; -1 if not known
 * @param oldestUnapplied when the oldest of them was appended, by the broker's clock
 */
public record PartitionSnapshot(
    TableId table,
    int partition,
    Optional<Cause> cause,
    long lowestUnfinished,
    long committed,
    long lagRecords,
    Optional<Instant> oldestUnapplied) {
  /**
   * Why it is not worked on.
   *
   * @param failure what target or record suffer from, where that is the cause
   */
  public record Cause(
      PauseReason reason, Optional<FailureReason> failure, String message, Instant since) {
    public Cause {
      requireNonNull(reason, "reason");
      requireNonNull(failure, "failure");
      requireNonNull(message, "message");
      requireNonNull(since, "since");
    }

    /** The word for metrics and status. */
    public String label() {
      boolean isFailures = reason == PauseReason.RETRYING || reason == PauseReason.PARKED;
      return isFailures ? failure.map(FailureReason::label).orElse(reason.label()) : reason.label();
    }
  }

  public PartitionSnapshot {
    requireNonNull(table, "table");
    requireNonNull(cause, "cause");
    requireNonNull(oldestUnapplied, "oldestUnapplied");
  }
}
