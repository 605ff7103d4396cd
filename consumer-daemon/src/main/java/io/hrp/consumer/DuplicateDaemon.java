package io.hrp.consumer;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ControlUnavailableException;
import io.hrp.control.DaemonIdentity;
import io.hrp.control.RunState;
import io.hrp.control.SeenStatus;
import io.hrp.control.StatusSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, before a daemon joins any group, whether another one runs under its {@code daemon.id}.
 * Kafka would not stop the newcomer: it fences the member that is there.
 *
 * <p>A report that is young enough to be a live daemon's may also be the last one of a daemon that
 * was killed a moment ago. What tells them apart is the next report: it comes, or the last one
 * grows old.
 */
final class DuplicateDaemon {
  private static final Logger log = LoggerFactory.getLogger(DuplicateDaemon.class);

  private final DaemonIdentity identity;
  private final StatusSource reports;
  private final StopRequest stop;
  private final Supplier<Instant> clock;
  private final Duration lookAway;

  /**
   * @param lookAway time between two looks at the reports
   */
  DuplicateDaemon(
      DaemonIdentity identity,
      StatusSource reports,
      StopRequest stop,
      Supplier<Instant> clock,
      Duration lookAway) {
    this.lookAway = requireNonNull(lookAway, "lookAway");
    this.identity = requireNonNull(identity, "identity");
    this.reports = requireNonNull(reports, "reports");
    this.stop = requireNonNull(stop, "stop");
    this.clock = requireNonNull(clock, "clock");
  }

  /** The daemon that runs under our id; empty if none does, which may take seconds to find out. */
  Optional<DaemonIdentity> find() throws InterruptedException {
    Optional<SeenStatus> first = Optional.empty();
    while (!stop.isAsked()) {
      Optional<SeenStatus> other = other();
      if (other.isEmpty()) {
        return Optional.empty();
      }
      if (first.isEmpty()) {
        first = other;
        log.info("a daemon of the same id was alive a moment ago: {}", other.get());
      } else if (other.get().offset() != first.get().offset()) {
        return Optional.of(other.get().status().identity());
      }
      if (stop.await(lookAway)) {
        break;
      }
    }
    return Optional.empty();
  }

  /** A report of another process under our id that may be alive. */
  private Optional<SeenStatus> other() {
    try {
      return reports.latest().stream()
          .filter(seen -> seen.status().daemonId().equals(identity.daemonId()))
          .filter(seen -> !seen.status().instance().equals(identity.instance()))
          .filter(seen -> seen.status().state() != RunState.STOPPED)
          .filter(seen -> seen.isLive(clock.get()))
          .findFirst();
    } catch (ControlUnavailableException away) {
      log.warn("cannot tell whether another daemon has the same id: {}", away.getMessage());
      return Optional.empty();
    }
  }
}
