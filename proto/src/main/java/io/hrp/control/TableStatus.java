package io.hrp.control;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.TableId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one table on one peer is doing, for the partitions that one daemon was assigned. Immutable;
 * made by a builder.
 */
public final class TableStatus {
  private final TableId table;
  private final Condition condition;
  private final SortedSet<Integer> assigned;
  private final long lagRecords;
  private final @Nullable Instant oldestUnapplied;
  private final OutcomeCounts totals;
  private final double appliedPerSecond;
  private final double discardedPerSecond;
  private final List<PartitionStatus> troubled;

  private TableStatus(Builder builder) {
    this.table = builder.table;
    this.condition = builder.condition;
    this.assigned = Collections.unmodifiableSortedSet(new TreeSet<>(builder.assigned));
    this.lagRecords = builder.lagRecords;
    this.oldestUnapplied = builder.oldestUnapplied;
    this.totals = builder.totals;
    this.appliedPerSecond = builder.appliedPerSecond;
    this.discardedPerSecond = builder.discardedPerSecond;
    this.troubled = List.copyOf(builder.troubled);
  }

  public static Builder of(TableId table, Condition condition) {
    return new Builder(table, condition);
  }

  public TableId table() {
    return table;
  }

  /** The worst condition of the assigned partitions. */
  public Condition condition() {
    return condition;
  }

  /** The partitions this daemon owns. */
  public SortedSet<Integer> assigned() {
    return assigned;
  }

  /** Records of the assigned partitions that have no outcome yet; -1 if not known. */
  public long lagRecords() {
    return lagRecords;
  }

  /**
   * Broker time of the oldest record without an outcome; absent if nothing is outstanding or the
   * record was not read yet.
   */
  public Optional<Instant> oldestUnapplied() {
    return Optional.ofNullable(oldestUnapplied);
  }

  public OutcomeCounts totals() {
    return totals;
  }

  /** Records per second over the last few seconds. */
  public double appliedPerSecond() {
    return appliedPerSecond;
  }

  /** Records per second over the last few seconds. */
  public double discardedPerSecond() {
    return discardedPerSecond;
  }

  /** The assigned partitions that are not running normally. */
  public List<PartitionStatus> troubled() {
    return troubled;
  }

  @Override
  public String toString() {
    return table + " " + condition + " lag=" + lagRecords;
  }

  /** Collects what is known; whatever is not set counts as none or not known. Not thread-safe. */
  public static final class Builder {
    private final TableId table;
    private final Condition condition;
    private Collection<Integer> assigned = List.of();
    private long lagRecords = -1;
    private @Nullable Instant oldestUnapplied;
    private OutcomeCounts totals = OutcomeCounts.none();
    private double appliedPerSecond;
    private double discardedPerSecond;
    private Collection<PartitionStatus> troubled = List.of();

    private Builder(TableId table, Condition condition) {
      this.table = requireNonNull(table, "table");
      this.condition = requireNonNull(condition, "condition");
    }

    public Builder assigned(Collection<Integer> partitions) {
      this.assigned = requireNonNull(partitions, "partitions");
      return this;
    }

    public Builder lagRecords(long records) {
      this.lagRecords = records;
      return this;
    }

    /** Kept to the millisecond. */
    public Builder oldestUnapplied(Instant brokerTime) {
      this.oldestUnapplied = Instant.ofEpochMilli(brokerTime.toEpochMilli());
      return this;
    }

    public Builder totals(OutcomeCounts counts) {
      this.totals = requireNonNull(counts, "counts");
      return this;
    }

    public Builder appliedPerSecond(double rate) {
      this.appliedPerSecond = rate;
      return this;
    }

    public Builder discardedPerSecond(double rate) {
      this.discardedPerSecond = rate;
      return this;
    }

    public Builder troubled(Collection<PartitionStatus> partitions) {
      this.troubled = requireNonNull(partitions, "partitions");
      return this;
    }

    public TableStatus build() {
      return new TableStatus(this);
    }
  }
}
