package io.hrp.producer.api;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Which timestamp a cell without one gets. Immutable. */
public final class TimestampPolicy {
  private static final TimestampPolicy PER_ROW = new TimestampPolicy(OptionalLong.empty());

  private final OptionalLong jobTimestamp;

  private TimestampPolicy(OptionalLong jobTimestamp) {
    this.jobTimestamp = jobTimestamp;
  }

  /** The wall clock, strictly increasing within a row. */
  public static TimestampPolicy perRow() {
    return PER_ROW;
  }

  /**
   * One fixed timestamp for everything, so that retried and speculative attempts of a job's tasks
   * write identical cells. A row written twice then has equal timestamps: a delete wins over a put
   * of the same column, and of two puts the later one is kept.
   *
   * @param timestampMs milliseconds since 1970, at least 0 and below {@link Long#MAX_VALUE}
   */
  public static TimestampPolicy job(long timestampMs) {
    if (timestampMs < 0 || timestampMs == Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a job's timestamp is at least 0 and below 2^63 - 1 ms, got " + timestampMs);
    }
    return new TimestampPolicy(OptionalLong.of(timestampMs));
  }

  /** The job's timestamp, empty for the per-row policy. */
  public OptionalLong jobTimestamp() {
    return jobTimestamp;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TimestampPolicy
        && jobTimestamp.equals(((TimestampPolicy) other).jobTimestamp);
  }

  @Override
  public int hashCode() {
    return jobTimestamp.hashCode();
  }

  @Override
  public String toString() {
    return jobTimestamp.isPresent() ? "job(" + jobTimestamp.getAsLong() + ")" : "row";
  }
}
