package io.hrp.consumer.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a peer has found out about each of its partitions: it works on it, or knows why it does
 * not. A target out of reach is such a reason, but only after the time that connecting may take.
 * Pure.
 */
public final class Settlement {
  /** How long a target that has not answered yet may still be about to. */
  static final Duration CONNECTING = Duration.ofSeconds(5);

  private Settlement() {}

  /** Whether it has, of all of these. */
  public static boolean isReached(List<PartitionSnapshot> partitions, Instant now) {
    for (PartitionSnapshot partition : partitions) {
      Optional<PartitionSnapshot.Cause> cause = partition.cause();
      if (cause.isPresent() && isUndecided(cause.get(), now)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUndecided(PartitionSnapshot.Cause cause, Instant now) {
    return switch (cause.reason()) {
      case STARTING, CONTROL_UNKNOWN -> true;
      case TARGET_UNAVAILABLE -> cause.since().plus(CONNECTING).isAfter(now);
      default -> false;
    };
  }
}
