package io.hrp.consumer.dispatch;

import io.hrp.consumer.apply.FailureReason;
import io.hrp.wire.TableId;

/**
 * Told what lanes do, for metrics and logs. Called once a call or a batch, never once a record, by
 * lane workers at the same time; must not block.
 */
public interface LaneObserver {
  /** A call returned after {@code durationNanos}. */
  void called(TableId table, int mutations, long bytes, long durationNanos);

  /**
   * Mutations are on the target.
   *
   * @param oldestTimestampMs the broker's append time of the first of them, newest of the last
   */
  void applied(
      TableId table, int mutations, long bytes, long oldestTimestampMs, long newestTimestampMs);

  /** Mutations were finished without a call: they have been on the target already. */
  void looped(TableId table, int mutations);

  /** Records were discarded by an operator's decision. */
  void discarded(TableId table, int records);

  void deadLettered(TableId table, FailureReason reason);

  /**
   * A dead letter was not acknowledged.
   *
   * @param reason {@code unavailable} or {@code too-large}
   */
  void deadLetterFailed(TableId table, String reason);

  /** A defect: a lane met an exception that it has no answer to. Its partition tries again. */
  void faulted(TableId table, Throwable fault);

  /** Mutations of one call failed; they will be sent again, or stop the partition. */
  void failed(TableId table, FailureReason reason, int mutations);
}
