package io.hrp.control;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A daemon's latest report as the status topic has it. Immutable. */
public final class SeenStatus {
  private final DaemonStatus status;
  private final Instant brokerTime;
  private final long offset;

  private SeenStatus(DaemonStatus status, Instant brokerTime, long offset) {
    this.status = requireNonNull(status, "status");
    this.brokerTime = requireNonNull(brokerTime, "brokerTime");
    this.offset = offset;
  }

  public static SeenStatus of(DaemonStatus status, Instant brokerTime, long offset) {
    return new SeenStatus(status, brokerTime, offset);
  }

  public DaemonStatus status() {
    return status;
  }

  /** When the broker took the report. */
  public Instant brokerTime() {
    return brokerTime;
  }

  /** Grows with every report. */
  public long offset() {
    return offset;
  }

  /** Whether the daemon runs: it has not said that it stopped, and reported lately. */
  public boolean isLive(Instant now) {
    return status.state() != RunState.STOPPED && brokerTime.isAfter(now.minus(DaemonStatus.LIVE));
  }

  @Override
  public String toString() {
    return status + " seen " + brokerTime;
  }
}
