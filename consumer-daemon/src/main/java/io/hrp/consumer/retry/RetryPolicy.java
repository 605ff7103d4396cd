package io.hrp.consumer.retry;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.FailureKind;
import io.hrp.consumer.apply.FailureReason;
import java.util.function.DoubleSupplier;

/**
 * Turns a failure and the number of attempts behind it into a decision. The number sets the delay
 * and nothing else: no failure is ever given up on because it happened often.
 *
 * <p><b>What decides.</b>
 *
 * <ul>
 *   <li>Retriable: again from the lane, with a doubling delay, while the delays stay under about a
 *       second in all and the calls themselves take no longer than that; then the partition stalls,
 *       with a doubling delay up to {@code maxRetriableStallMs}.
 *   <li>Table missing or disabled: the partition stalls at once, since no neighbour is to blame.
 *   <li>Any other kind, from a call with company: isolate. A target may refuse a whole region's
 *       share of a call, or all of it, for one bad cell, so such a failure says nothing about a
 *       single mutation until the call held nothing else.
 *   <li>Poison, alone: put aside, or stall if the table's policy is to park.
 *   <li>Operator's and unknown, alone: stall, with a doubling delay up to {@code maxParkMs}; a
 *       later attempt that succeeds ends it.
 * </ul>
 *
 * <p>Delays carry jitter of a quarter either way, so that partitions that failed together do not
 * come back together. Immutable; safe for use by any thread if the source of randomness is.
 */
public final class RetryPolicy {
  /** The first delay: about the time a region takes to be found at its new place. */
  static final long FIRST_DELAY_MS = 50;

  /** 50 + 100 + 200 + 400: some 750 ms before the partition gives back what it holds. */
  static final int QUICK_RETRIES = 4;

  /**
   * A lane that has failed for longer than this has waited in its calls: the target does not
   * answer, and the next quick retry would run into its timeout as well.
   */
  static final long QUICK_RETRIES_MS = 2_000;

  private final long maxRetriableStallMs;
  private final long maxParkMs;
  private final PoisonPolicy poisonPolicy;
  private final DoubleSupplier random;

  /**
   * @param maxRetriableStallMs longest wait for a target that may come back any moment,
   *     milliseconds
   * @param maxParkMs longest wait for somebody to mend something, milliseconds
   * @param random uniform in [0, 1)
   */
  public RetryPolicy(
      long maxRetriableStallMs, long maxParkMs, PoisonPolicy poisonPolicy, DoubleSupplier random) {
    if (maxRetriableStallMs < FIRST_DELAY_MS || maxParkMs < FIRST_DELAY_MS) {
      throw new IllegalArgumentException(
          "the longest delays must be at least " + FIRST_DELAY_MS + " ms");
    }
    this.maxRetriableStallMs = maxRetriableStallMs;
    this.maxParkMs = maxParkMs;
    this.poisonPolicy = requireNonNull(poisonPolicy, "poisonPolicy");
    this.random = requireNonNull(random, "random");
  }

  /**
   * Decides about a mutation that failed.
   *
   * @param companySize how many mutations the call held, 1 for a call of its own
   * @param attempts how often its lane has seen the same row fail in a row, 1 the first time
   * @param failingMs how long ago the first of these attempts began, milliseconds
   */
  public RetryDecision decide(FailureReason reason, int companySize, int attempts, long failingMs) {
    if (reason.kind() == FailureKind.RETRIABLE) {
      return attempts <= QUICK_RETRIES && failingMs <= QUICK_RETRIES_MS
          ? new RetryDecision.RetrySoon(delayMs(attempts, maxRetriableStallMs))
          : RetryDecision.Stall.INSTANCE;
    }
    boolean wholeTable =
        reason == FailureReason.TABLE_MISSING || reason == FailureReason.TABLE_DISABLED;
    if (companySize > 1 && !wholeTable) {
      return RetryDecision.Isolate.INSTANCE;
    }
    if (reason.kind() == FailureKind.POISON && poisonPolicy == PoisonPolicy.DEAD_LETTER) {
      return RetryDecision.PutAside.INSTANCE;
    }
    return RetryDecision.Stall.INSTANCE;
  }

  /**
   * How long a partition that stalls waits before it tries again, milliseconds.
   *
   * @param kind what it stalls for
   * @param stalls how often it has stalled before at the same offset
   */
  public long stallDelayMs(FailureKind kind, int stalls) {
    return kind == FailureKind.RETRIABLE
        ? delayMs(QUICK_RETRIES + 1 + stalls, maxRetriableStallMs)
        : delayMs(QUICK_RETRIES + 2 + stalls, maxParkMs);
  }

  private long delayMs(int attempt, long maxMs) {
    int doublings = Math.min(attempt - 1, 20);
    long plain = Math.min(FIRST_DELAY_MS << doublings, maxMs);
    return Math.max(1, Math.round(plain * (0.75 + random.getAsDouble() / 2)));
  }
}
