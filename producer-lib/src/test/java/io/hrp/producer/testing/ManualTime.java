package io.hrp.producer.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A wall clock and a ticker that only a test moves. Thread-safe. */
public final class ManualTime extends Clock {
  private final AtomicLong wallMs;
  private final AtomicLong nanos = new AtomicLong();

  public ManualTime(long wallMs) {
    this.wallMs = new AtomicLong(wallMs);
  }

  /** Moves wall clock and ticker. */
  public void advance(Duration duration) {
    wallMs.addAndGet(duration.toMillis());
    nanos.addAndGet(duration.toNanos());
  }

  /** Sets the wall clock alone, as an administrator might. */
  public void setWall(long newWallMs) {
    wallMs.set(newWallMs);
  }

  /** Moves the ticker alone. */
  public void advanceTicker(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public long millis() {
    return wallMs.get();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(wallMs.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
