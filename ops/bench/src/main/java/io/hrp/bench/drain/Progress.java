package io.hrp.bench.drain;

import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import java.time.Duration;

/** Waits until a side has written all its rows, and gives up when it gets no further. */
final class Progress {

  /** At the end of a run of seconds, that is close enough. */
  private static final long SHORTEST_WAIT_MS = 10;

  /** In its middle, asking more often would only cost the side that is asked. */
  private static final long LONGEST_WAIT_MS = 250;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Asks how many rows have been written. */
  @FunctionalInterface
  interface Count {
    long read() throws InterruptedException;
  }

  private final String side;
  private final int rows;

  Progress(String side, int rows) {
    this.side = side;
    this.rows = rows;
  }

  /** Returns once the count has reached the number of rows. */
  void await(Count count) throws InterruptedException {
    long begin = System.nanoTime();
    long last = -1;
    long changed = begin;
    while (true) {
      long now = count.read();
      if (now >= rows) {
        return;
      }
      if (now != last) {
        last = now;
        changed = System.nanoTime();
      } else if (System.nanoTime() - changed > PATIENCE.toNanos()) {
        throw new CommandException(
            ExitCode.PROBLEM_FOUND,
            "side '%s' stopped at %d of %d rows; its log is under .hrp/bench"
                .formatted(side, now, rows));
      }
      Thread.sleep(waitMs(now, System.nanoTime() - begin));
    }
  }

  /** Half of what is left at the speed so far. */
  private long waitMs(long done, long nanos) {
    if (done <= 0) {
      return SHORTEST_WAIT_MS;
    }
    double leftMs = nanos / 1e6 * (rows - done) / done;
    return Math.max(SHORTEST_WAIT_MS, Math.min(LONGEST_WAIT_MS, Math.round(leftMs / 2)));
  }

  /** A side that is fast because it lost rows must not look good. */
  static void requireAll(String side, int rows, long counted) {
    if (counted != rows) {
      throw new CommandException(
          ExitCode.PROBLEM_FOUND,
          "side '%s' wrote %d rows, but the table holds %d".formatted(side, rows, counted));
    }
  }
}
