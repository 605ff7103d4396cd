package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a peer's poll thread works.
 *
 * @param lanes lanes of each partition
 * @param commitInterval how often offsets are committed
 * @param revokeTimeout how long a revocation waits for calls in flight; well under
 *     max.poll.interval.ms
 * @param lookInterval how often topic and target are looked at again
 * @param maxPoisonPerMinute poison records a minute after which a table parks
 */
public record PollSettings(
    int lanes,
    Duration commitInterval,
    Duration revokeTimeout,
    Duration lookInterval,
    int maxPoisonPerMinute) {
  public PollSettings {
    requireNonNull(commitInterval, "commitInterval");
    requireNonNull(revokeTimeout, "revokeTimeout");
    requireNonNull(lookInterval, "lookInterval");
    if (lanes < 1) {
      throw new IllegalArgumentException("lanes must be positive, got " + lanes);
    }
  }
}
