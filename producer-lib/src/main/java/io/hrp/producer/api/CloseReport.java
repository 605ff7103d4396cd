package io.hrp.producer.api;

/**
 * How every mutation that a publisher ever took ended: the three counts add up to the number of
 * futures it gave out. Immutable.
 */
public final class CloseReport {
  private final long acknowledged;
  private final long failed;
  private final long unknown;

  public CloseReport(long acknowledged, long failed, long unknown) {
    this.acknowledged = acknowledged;
    this.failed = failed;
    this.unknown = unknown;
  }

  /** Mutations that stand in their topic. */
  public long acknowledged() {
    return acknowledged;
  }

  /** Mutations that are certain not to stand in their topic. */
  public long failed() {
    return failed;
  }

  /**
   * Mutations that may or may not stand in their topic: timed out, or given up by the close.
   * Publish the stamped mutation again to be sure; a second copy changes nothing.
   */
  public long unknown() {
    return unknown;
  }

  /** Whether every mutation was acknowledged. */
  public boolean isComplete() {
    return failed == 0 && unknown == 0;
  }

  @Override
  public String toString() {
    return "CloseReport[acknowledged="
        + acknowledged
        + " failed="
        + failed
        + " unknown="
        + unknown
        + "]";
  }
}
