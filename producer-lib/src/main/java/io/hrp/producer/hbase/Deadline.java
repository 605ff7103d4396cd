package io.hrp.producer.hbase;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The moment by which a call has to end. Immutable. */
final class Deadline {
  private final LongSupplier nanoTime;
  private final long startNanos;
  private final long timeoutMs;

  private Deadline(LongSupplier nanoTime, long timeoutMs) {
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    this.timeoutMs = timeoutMs;
  }

  /** Begins now. Zero and less mean none, as for HBase's operation timeout. */
  static Deadline in(long timeoutMs, LongSupplier nanoTime) {
    return new Deadline(nanoTime, timeoutMs <= 0 ? Long.MAX_VALUE / 1_000_000 : timeoutMs);
  }

  /** Begins now. Zero means at once. */
  static Deadline within(Duration timeout, LongSupplier nanoTime) {
    return new Deadline(nanoTime, timeout.toMillis());
  }

  /** The earlier of two. */
  Deadline orSooner(Deadline other) {
    return remainingNanos() <= other.remainingNanos() ? this : other;
  }

  /** Never negative. */
  long remainingNanos() {
    return Math.max(0, timeoutMs * 1_000_000 - (nanoTime.getAsLong() - startNanos));
  }

  boolean hasPassed() {
    return remainingNanos() == 0;
  }

  long timeoutMs() {
    return timeoutMs;
  }
}
