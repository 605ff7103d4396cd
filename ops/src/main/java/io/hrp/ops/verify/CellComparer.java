package io.hrp.ops.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks two sorted streams of cells side by side and counts where they differ. Holds a handful of
 * cells at a time, whatever the streams' length. For one comparison and one thread.
 */
public final class CellComparer {

  private static final int MAX_EXAMPLES = 10;
  private static final int REPORT_EVERY = 1_000;

  private final LongConsumer progress;
  private final List<String> examples = new ArrayList<>();
  private long rows;
  private long cells;
  private long missing;
  private long extra;
  private long different;
  private @Nullable RawCell lastExpected;

  /**
   * A comparison that has not begun.
   *
   * @param progress is given the number of expected cells passed, now and then
   */
  public CellComparer(LongConsumer progress) {
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  /** Reads both to their ends. */
  public Comparison compare(CellCursor expected, CellCursor actual) {
    RawCell want = nextExpected(expected);
    RawCell have = next(actual);
    while (want != null || have != null) {
      int order = want == null ? 1 : have == null ? -1 : want.compareTo(have);
      if (order <= 0 && want != null) {
        if (order < 0) {
          missing++;
          example("missing", want);
        } else if (have != null && !want.hasValueOf(have)) {
          different++;
          example("different", want);
        }
        want = nextExpected(expected);
      }
      if (order >= 0 && have != null) {
        if (order > 0) {
          extra++;
          example("extra", have);
        }
        have = next(actual);
      }
    }
    progress.accept(cells);
    return new Comparison(rows, cells, missing, extra, different, examples);
  }

  private @Nullable RawCell nextExpected(CellCursor expected) {
    RawCell cell = next(expected);
    if (cell == null) {
      return null;
    }
    if (lastExpected == null || !cell.isOfRowOf(lastExpected)) {
      rows++;
    }
    lastExpected = cell;
    if (++cells % REPORT_EVERY == 0) {
      progress.accept(cells);
    }
    return cell;
  }

  private static @Nullable RawCell next(CellCursor cursor) {
    return cursor.advance() ? cursor.cell() : null;
  }

  private void example(String what, RawCell cell) {
    if (examples.size() < MAX_EXAMPLES) {
      examples.add(what + ": " + cell);
    }
  }
}
