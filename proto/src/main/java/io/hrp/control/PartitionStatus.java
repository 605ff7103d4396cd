package io.hrp.control;

import static java.util.Objects.requireNonNull;

/** A partition that is not running normally. Immutable. */
public final class PartitionStatus {
  private final int partition;
  private final Condition condition;
  private final long lowestUnfinishedOffset;
  private final long lagRecords;

  private PartitionStatus(
      int partition, Condition condition, long lowestUnfinishedOffset, long lagRecords) {
    this.partition = partition;
    this.condition = requireNonNull(condition, "condition");
    this.lowestUnfinishedOffset = lowestUnfinishedOffset;
    this.lagRecords = lagRecords;
  }

  /**
   * Describes one partition.
   *
   * @param lowestUnfinishedOffset -1 if not known
   * @param lagRecords -1 if not known
   */
  public static PartitionStatus of(
      int partition, Condition condition, long lowestUnfinishedOffset, long lagRecords) {
    return new PartitionStatus(partition, condition, lowestUnfinishedOffset, lagRecords);
  }

  public int partition() {
    return partition;
  }

  public Condition condition() {
    return condition;
  }

  /** -1 if not known. */
  public long lowestUnfinishedOffset() {
    return lowestUnfinishedOffset;
  }

  /** -1 if not known. */
  public long lagRecords() {
    return lagRecords;
  }

  @Override
  public String toString() {
    return "partition " + partition + " " + condition;
  }
}
