package io.hrp.control.testing;

import io.hrp.control.DaemonStatus;
import io.hrp.control.SeenStatus;
import io.hrp.control.StatusSink;
import io.hrp.control.StatusSource;
import java.time.Clock;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A status topic in memory. Thread-safe. */
public final class InMemoryStatus implements StatusSink, StatusSource {
  private final Clock clock;
  private final SortedMap<String, SeenStatus> latest = new TreeMap<>();
  private long nextOffset;

  /**
   * Starts empty.
   *
   * @param clock gives the broker's time of each report
   */
  public InMemoryStatus(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void report(DaemonStatus status) {
    latest.put(status.daemonId(), SeenStatus.of(status, clock.instant(), nextOffset++));
  }

  @Override
  public synchronized List<SeenStatus> latest() {
    return List.copyOf(latest.values());
  }
}
