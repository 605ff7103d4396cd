package io.hrp.consumer.retry;

/** What is to be done about a mutation that failed. Immutable. */
public sealed interface RetryDecision {

  /** Send it, and all later ones of its row, again after the delay, from the same lane. */
  record RetrySoon(long delayMs) implements RetryDecision {}

  /** Give the partition's memory back, rewind, and begin again later. */
  record Stall() implements RetryDecision {
    static final Stall INSTANCE = new Stall();
  }

  /** The failure may be a neighbour's: send it again in smaller company, without a delay. */
  record Isolate() implements RetryDecision {
    static final Isolate INSTANCE = new Isolate();
  }

  /** It failed alone and always will: put it aside, and go on once that is acknowledged. */
  record PutAside() implements RetryDecision {
    static final PutAside INSTANCE = new PutAside();
  }
}
