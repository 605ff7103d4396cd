package io.hrp.ops.report;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, each column as wide as its widest cell. Not thread-safe. */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  private TextTable(List<String> headings) {
    this.headings = headings;
  }

  /** An empty table. */
  public static TextTable of(String... headings) {
    return new TextTable(List.of(headings));
  }

  /** Adds a row with one cell per heading; cells are shown by their {@code toString}. */
  public TextTable row(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "a row needs " + headings.size() + " cells, not " + cells.length);
    }
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(List.copyOf(row));
    return this;
  }

  /** The lines to print, headings first, without trailing blanks. */
  public List<String> lines() {
    int[] widths = new int[headings.size()];
    widen(widths, headings);
    rows.forEach(row -> widen(widths, row));
    List<String> lines = new ArrayList<>();
    lines.add(line(widths, headings));
    rows.forEach(row -> lines.add(line(widths, row)));
    return lines;
  }

  private static void widen(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells.get(i).length());
    }
  }

  private static String line(int[] widths, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length())).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
