package io.hrp.producer;

import io.hrp.producer.internal.stamp.ClockWatch;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How a publisher sees time and how long it may wait. Safe for use by any thread. */
final class Waiting {
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Sleeper sleeper;
  private final Duration maxBlock;
  private final ClockWatch watch;

  Waiting(
      Clock clock, LongSupplier nanoTime, Sleeper sleeper, Duration maxBlock, Duration maxSkew) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
    this.maxBlock = maxBlock;
    this.watch = new ClockWatch(maxSkew.toMillis(), clock::millis, nanoTime);
  }

  /** Tells whether the wall clock can be trusted. */
  ClockWatch watch() {
    return watch;
  }

  long wallMs() {
    return clock.millis();
  }

  long nanos() {
    return nanoTime.getAsLong();
  }

  Duration maxBlock() {
    return maxBlock;
  }

  long maxBlockNanos() {
    return maxBlock.toNanos();
  }

  void sleepMs(long millis) throws InterruptedException {
    sleeper.sleep(Duration.ofMillis(millis));
  }
}
