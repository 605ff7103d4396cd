package io.hrp.control;

/** Where a peer that was never seen before begins in partitions that exist already. */
public enum StartPosition {
  /** Everything Kafka still holds. */
  EARLIEST,
  /** Only what is published from then on. */
  LATEST
}
