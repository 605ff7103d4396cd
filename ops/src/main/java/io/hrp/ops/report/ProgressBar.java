package io.hrp.ops.report;

import java.util.Locale;

/** How far something is, as a line of text. */
public final class ProgressBar {

  private static final int WIDTH = 24;

  private ProgressBar() {}

  /**
   * A bar, the share and the counts.
   *
   * @param done how much is done, at most {@code total}
   * @param total how much there is to do, more than 0
   * @param perSecond the pace
   */
  public static String of(long done, long total, double perSecond) {
    int filled = (int) (WIDTH * done / total);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d%%  %,d of %,d  %,.0f/s",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        100 * done / total,
        done,
        total,
        perSecond);
  }
}
