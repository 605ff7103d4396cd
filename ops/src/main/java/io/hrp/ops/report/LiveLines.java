package io.hrp.ops.report;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Progress of several things at once on standard error. On a terminal each has one line, which is
 * written over; elsewhere each is written as a plain line when it begins, when it ends, and every
 * few seconds in between. Thread-safe.
 */
public final class LiveLines {

  private static final long PLAIN_INTERVAL_NANOS = 5_000_000_000L;
  private static final long REDRAW_INTERVAL_NANOS = 100_000_000L;

  private final Console console;
  private final LongSupplier nanoTime;

  @GuardedBy("this")
  private final Map<String, String> lines = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Map<String, Long> shownAt = new LinkedHashMap<>();

  @GuardedBy("this")
  private int drawn;

  /**
   * Lines on this console.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  public LiveLines(Console console, LongSupplier nanoTime) {
    this.console = Objects.requireNonNull(console, "console");
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
  }

  /** Shows how far the thing of that name is; too frequent calls are dropped, the first never. */
  public synchronized void update(String name, String text) {
    long now = nanoTime.getAsLong();
    Long before = shownAt.get(name);
    lines.put(name, text);
    long interval = console.terminalColumns() > 0 ? REDRAW_INTERVAL_NANOS : PLAIN_INTERVAL_NANOS;
    if (before == null || now - before >= interval) {
      shownAt.put(name, now);
      show(name);
    }
  }

  /** Shows the last state of the thing of that name. */
  public synchronized void finish(String name, String text) {
    lines.put(name, text);
    show(name);
  }

  @GuardedBy("this")
  private void show(String name) {
    if (console.terminalColumns() == 0) {
      console.notice(format(name));
      return;
    }
    StringBuilder screen = new StringBuilder();
    if (drawn > 0) {
      screen.append("\033[").append(drawn).append('A');
    }
    for (String each : lines.keySet()) {
      String line = format(each);
      int width = Math.min(line.length(), console.terminalColumns() - 1);
      screen.append("\r\033[2K").append(line, 0, width).append('\n');
    }
    drawn = lines.size();
    console.err().print(screen);
    console.err().flush();
  }

  @GuardedBy("this")
  private String format(String name) {
    int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
    return "  " + name + " ".repeat(width - name.length()) + "  " + lines.get(name);
  }
}
