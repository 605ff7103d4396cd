package io.hrp.bench.drain;

import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import java.time.Duration;

/** Waits until a side has written all its rows, and gives up when it gets no further. */
final class Progress {

  /** Short beside a run of seconds, long beside the work of asking. */
  private static final long INTERVAL_MS = 10;

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
    long last = -1;
    long changed = System.nanoTime();
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
      Thread.sleep(INTERVAL_MS);
    }
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
