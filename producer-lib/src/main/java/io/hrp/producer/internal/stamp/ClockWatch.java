package io.hrp.producer.internal.stamp;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the wall clock that timestamps come from.
 *
 * <p><b>What it knows.</b> At an anchor, by how much the wall clock was off. From there on the
 * steady ticker tells how much time has passed, so a wall clock that was set differs from what it
 * should show. The first anchor trusts the clock. An acknowledged record whose topic has
 * LogAppendTime brings the broker's time of a moment between hand-over and acknowledgement: if the
 * clock's known deviation does not fit into that span, the nearest that does becomes the new
 * anchor. A topic without LogAppendTime gives back the writer's own time and teaches nothing.
 *
 * <p><b>What it does.</b> Beyond the allowed skew mutations that need a timestamp are refused, but
 * one every few seconds goes through: a machine that was suspended has a clock that jumped and is
 * right, and only the broker's answer can tell.
 *
 * <p>Safe for use by any thread; {@link #acknowledged} is called by one at a time.
 */
public final class ClockWatch {
  /** One mutation in this time may go through to ask the broker. */
  static final Duration PROBE_EVERY = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);

  private final long maxSkewMs;
  private final LongSupplier wallMs;
  private final LongSupplier nanoTime;
  private final AtomicLong lastProbeNanos = new AtomicLong();
  private volatile Anchor anchor;
  private volatile boolean beyond;

  public ClockWatch(long maxSkewMs, LongSupplier wallMs, LongSupplier nanoTime) {
    this.maxSkewMs = maxSkewMs;
    this.wallMs = wallMs;
    this.nanoTime = nanoTime;
    this.anchor = new Anchor(wallMs.getAsLong(), nanoTime.getAsLong(), 0);
  }

  public long maxSkewMs() {
    return maxSkewMs;
  }

  /** How far the wall clock is ahead, as far as is known; negative if it is behind. */
  public long skewMs() {
    return anchor.skewMs(wallMs.getAsLong(), nanoTime.getAsLong());
  }

  /** Whether the clock was off by more than is allowed when last looked at; costs one read. */
  public boolean isBeyond() {
    return beyond;
  }

  /** Looks at the clock; whether a timestamp may be taken from it now. */
  public boolean allows() {
    long nanos = nanoTime.getAsLong();
    if (!judge(anchor.skewMs(wallMs.getAsLong(), nanos), nanos)) {
      return true;
    }
    long last = lastProbeNanos.get();
    return nanos - last >= PROBE_EVERY.toNanos() && lastProbeNanos.compareAndSet(last, nanos);
  }

  /**
   * Learns from a record that was acknowledged just now.
   *
   * @param brokerMs when the broker appended it; negative if it did not say
   * @param handedOverNanos a reading of the ticker from before the record was handed over
   */
  public void acknowledged(long brokerMs, long handedOverNanos) {
    if (brokerMs < 0) {
      return;
    }
    long nanos = nanoTime.getAsLong();
    long wall = wallMs.getAsLong();
    long underWayMs = (nanos - handedOverNanos) / 1_000_000;
    // Both clocks show whole milliseconds, so either end may be one off.
    long highest = wall - brokerMs + 1;
    long lowest = wall - underWayMs - brokerMs - 2;
    long known = anchor.skewMs(wall, nanos);
    long skewMs = Math.max(lowest, Math.min(known, highest));
    if (skewMs != known) {
      anchor = new Anchor(wall, nanos, skewMs);
    }
    judge(skewMs, nanos);
  }

  private boolean judge(long skewMs, long nanos) {
    boolean now = Math.abs(skewMs) > maxSkewMs;
    if (now != beyond) {
      move(now, skewMs, nanos);
    }
    return now;
  }

  private synchronized void move(boolean toBeyond, long skewMs, long nanos) {
    if (beyond == toBeyond) {
      return;
    }
    if (toBeyond) {
      lastProbeNanos.set(nanos);
      log.warn(
          "the clock is off by more than is allowed, mutations without a timestamp are refused"
              + " skewMs={} maxSkewMs={}",
          skewMs,
          maxSkewMs);
    } else {
      log.info("the clock is within what is allowed again skewMs={}", skewMs);
    }
    beyond = toBeyond;
  }

  /** What was known of the wall clock at one moment. Immutable. */
  private static final class Anchor {
    private final long wallMs;
    private final long nanos;
    private final long skewMs;

    Anchor(long wallMs, long nanos, long skewMs) {
      this.wallMs = wallMs;
      this.nanos = nanos;
      this.skewMs = skewMs;
    }

    long skewMs(long nowWallMs, long nowNanos) {
      return skewMs + (nowWallMs - wallMs) - (nowNanos - nanos) / 1_000_000;
    }
  }
}
