package io.hrp.control.log;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets the same complaint through at most once a minute, with a count. Thread-safe. */
final class Complaints {
  private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTicker;
  private boolean complained;
  private long lastNanos;
  private long suppressed;

  Complaints(LongSupplier nanoTicker) {
    this.nanoTicker = nanoTicker;
  }

  /** The number of times, this one included, if it should be said now; else 0. */
  synchronized long due() {
    long now = nanoTicker.getAsLong();
    suppressed++;
    if (complained && now - lastNanos < EVERY_NANOS) {
      return 0;
    }
    complained = true;
    lastNanos = now;
    long times = suppressed;
    suppressed = 0;
    return times;
  }

  /** All is well again; returns whether there was a complaint since the last time. */
  synchronized boolean clear() {
    boolean was = complained;
    complained = false;
    suppressed = 0;
    return was;
  }
}
