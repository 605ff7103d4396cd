package io.hrp.consumer.poll;

/** How a peer stops. */
public enum StopMode {
  /** What was read is finished first, within a deadline. */
  DRAIN,
  /** What is not in flight is given up; it is read again after the next start. */
  ABANDON
}
