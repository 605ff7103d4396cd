package io.hrp.consumer.poll;

import io.hrp.wire.TableId;

/** Told what the poll thread does, for metrics. Called by the poll thread; must not block. */
public interface PollObserver {
  /** How partitions came or went. */
  enum Change {
    ASSIGNED,
    REVOKED,
    LOST
  }

  /** Records of one table were polled. */
  void polled(TableId table, int records);

  /** Time between two polls. */
  void polledAfter(long nanos);

  /** A commit was answered. */
  void committed(boolean isSuccess, long durationNanos);

  void rebalanced(Change change, int partitions);
}
