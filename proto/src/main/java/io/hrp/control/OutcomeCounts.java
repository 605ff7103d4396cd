package io.hrp.control;

import org.jspecify.annotations.Nullable;

/** Records by what became of them, since the daemon started. Immutable. */
public final class OutcomeCounts {
  private static final OutcomeCounts NONE = new OutcomeCounts(0, 0, 0, 0);

  private final long applied;
  private final long filtered;
  private final long discarded;
  private final long deadLettered;

  private OutcomeCounts(long applied, long filtered, long discarded, long deadLettered) {
    this.applied = applied;
    this.filtered = filtered;
    this.discarded = discarded;
    this.deadLettered = deadLettered;
  }

  public static OutcomeCounts none() {
    return NONE;
  }

  public static OutcomeCounts of(long applied, long filtered, long discarded, long deadLettered) {
    return new OutcomeCounts(applied, filtered, discarded, deadLettered);
  }

  public OutcomeCounts plus(OutcomeCounts other) {
    return new OutcomeCounts(
        applied + other.applied,
        filtered + other.filtered,
        discarded + other.discarded,
        deadLettered + other.deadLettered);
  }

  /** Written to the target. */
  public long applied() {
    return applied;
  }

  /** Left empty by the peer's selection. */
  public long filtered() {
    return filtered;
  }

  /** Discarded because an operator disabled the table or every family the record touched. */
  public long discarded() {
    return discarded;
  }

  /** Acknowledged by the dead-letter topic. */
  public long deadLettered() {
    return deadLettered;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OutcomeCounts
        && applied == ((OutcomeCounts) other).applied
        && filtered == ((OutcomeCounts) other).filtered
        && discarded == ((OutcomeCounts) other).discarded
        && deadLettered == ((OutcomeCounts) other).deadLettered;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(applied + 31 * (filtered + 31 * (discarded + 31 * deadLettered)));
  }

  @Override
  public String toString() {
    return "applied="
        + applied
        + " filtered="
        + filtered
        + " discarded="
        + discarded
        + " deadLettered="
        + deadLettered;
  }
}
