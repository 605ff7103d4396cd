package io.hrp.ops.check;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a table may lag on a peer before that is a problem.
 *
 * @param maxRecords records without an outcome; empty for no limit
 * @param maxDelay age of the oldest of them; empty for no limit
 */
public record LagLimits(OptionalLong maxRecords, Optional<Duration> maxDelay) {
  /** Whatever lags is no problem. */
  public static final LagLimits NONE = new LagLimits(OptionalLong.empty(), Optional.empty());

  public LagLimits {
    Objects.requireNonNull(maxRecords, "maxRecords");
    Objects.requireNonNull(maxDelay, "maxDelay");
  }
}
