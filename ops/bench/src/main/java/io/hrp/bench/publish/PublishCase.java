package io.hrp.bench.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A shape of rows and a number of callers.
 *
 * @param columns columns of a put, all of one family
 * @param valueBytes length of each value
 * @param threads how many threads publish at once
 */
record PublishCase(int columns, int valueBytes, int threads) {

  /** What jobs mostly write; the ratio of allocations is about it. */
  static final PublishCase COMMON = new PublishCase(5, 20, 1);

  /** So that a round takes part of a second at the speed of one broker. */
  private static final long BYTES_PER_ROUND = 128L << 20;

  /** Row, qualifiers and what the message adds, about. */
  private static final int OVERHEAD_BYTES = 50;

  private static final int BYTES_PER_QUALIFIER = 8;

  /** The common case, then every other one. */
  static List<PublishCase> all() {
    List<PublishCase> cases = new ArrayList<>();
    cases.add(COMMON);
    for (int threads : new int[] {1, 8}) {
      for (int valueBytes : new int[] {20, 1_000, 100_000}) {
        for (int columns : new int[] {1, 10}) {
          cases.add(new PublishCase(columns, valueBytes, threads));
        }
      }
    }
    return cases;
  }

  /** Such as {@code put 5x20, 1 thread}. */
  String title() {
    return String.format(
        Locale.ROOT,
        "put %dx%d, %d thread%s",
        columns,
        valueBytes,
        threads,
        threads == 1 ? "" : "s");
  }

  /** Name of the table, unique among the cases. */
  String tableName() {
    return "put-" + columns + "x" + valueBytes + "-" + threads;
  }

  /**
   * How many rows a round has, the same for each thread: as asked for, or fewer if they are large.
   */
  int rows(int most) {
    long fitting = BYTES_PER_ROUND / bytesPerRow();
    return Math.max(1, (int) (Math.min(most, fitting) / threads)) * threads;
  }

  /** About as many bytes as a record has. */
  long bytesPerRow() {
    return OVERHEAD_BYTES + (long) columns * (valueBytes + BYTES_PER_QUALIFIER);
  }
}
