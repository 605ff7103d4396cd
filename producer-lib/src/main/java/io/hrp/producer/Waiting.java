package io.hrp.producer;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How a publisher sees time and how long it may wait. Immutable. */
final class Waiting {
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Sleeper sleeper;
  private final Duration maxBlock;

  Waiting(Clock clock, LongSupplier nanoTime, Sleeper sleeper, Duration maxBlock) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
    this.maxBlock = maxBlock;
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
