package io.hrp.ops.steer;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ControlUnavailableException;
import io.hrp.control.DaemonStatus;
import io.hrp.control.RunState;
import io.hrp.control.SeenStatus;
import io.hrp.control.StatusSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Waits until every live daemon has taken up a control offset.
 *
 * <p>Whether a daemon lives is judged by watching, not by comparing clocks: one that reports
 * nothing new for three intervals while we look on counts as gone. A clock is used only to leave
 * out those whose last report is so old that no sensible clock error explains it.
 */
final class DaemonWatch {
  /** More than clocks of one installation should ever differ. */
  private static final Duration SURELY_GONE = Duration.ofMinutes(1);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final StatusSource status;
  private final SteeringPorts.Timing timing;

  DaemonWatch(StatusSource status, SteeringPorts.Timing timing) {
    this.status = requireNonNull(status, "status");
    this.timing = requireNonNull(timing, "timing");
  }

  Confirmation await(long controlOffset) {
    long start = timing.nanoTicker().getAsLong();
    Map<String, Sighting> sightings = new HashMap<>();
    while (true) {
      long now = timing.nanoTicker().getAsLong();
      Set<String> confirmed = new TreeSet<>();
      Set<String> missing = new TreeSet<>();
      for (SeenStatus seen : status.latest()) {
        if (isGone(seen, sightings, now)) {
          continue;
        }
        boolean takenUp = seen.status().controlOffset() >= controlOffset;
        (takenUp ? confirmed : missing).add(seen.status().identity().toString());
      }
      if (missing.isEmpty() || now - start >= timing.confirmTimeout().toNanos()) {
        return new Confirmation(List.copyOf(confirmed), List.copyOf(missing));
      }
      pause();
    }
  }

  private boolean isGone(SeenStatus seen, Map<String, Sighting> sightings, long now) {
    Instant surelyGone = timing.clock().instant().minus(SURELY_GONE);
    if (seen.status().state() == RunState.STOPPED || seen.brokerTime().isBefore(surelyGone)) {
      return true;
    }
    Sighting last = sightings.get(seen.status().daemonId());
    if (last == null || last.offset() != seen.offset()) {
      sightings.put(seen.status().daemonId(), new Sighting(seen.offset(), now));
      return false;
    }
    return now - last.firstSeenNanos() >= DaemonStatus.LIVE.toNanos();
  }

  private void pause() {
    try {
      timing.waiting().pass(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlUnavailableException("interrupted while waiting for daemons", e);
    }
  }

  /** A report and when we first saw it. */
  private record Sighting(long offset, long firstSeenNanos) {}
}
