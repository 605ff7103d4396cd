package io.hrp.ops.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CellComparerTest {

  private static final int PUT = 4;
  private static final int DELETE_COLUMN = 12;

  @Test
  void findsNothingBetweenEqualCells() {
    List<RawCell> cells =
        List.of(cell("a", 2, PUT, "x"), cell("a", 1, PUT, "y"), cell("b", 1, PUT, "z"));

    assertThat(compare(cells, cells)).isEqualTo(new Comparison(2, 3, 0, 0, 0, List.of()));
  }

  @Test
  void countsWhatIsMissingExtraAndDifferent() {
    List<RawCell> expected =
        List.of(
            cell("a", 1, PUT, "x"),
            cell("b", 1, PUT, "x"),
            cell("d", 1, PUT, "x"),
            cell("e", 1, PUT, "x"));
    List<RawCell> actual =
        List.of(cell("b", 1, PUT, "other"), cell("c", 1, PUT, "x"), cell("d", 1, PUT, "x"));

    assertThat(compare(expected, actual))
        .isEqualTo(
            new Comparison(
                4,
                4,
                2,
                1,
                1,
                List.of(
                    "missing: row 'a' column 'f:q' timestamp 1 type 4",
                    "different: row 'b' column 'f:q' timestamp 1 type 4",
                    "extra: row 'c' column 'f:q' timestamp 1 type 4",
                    "missing: row 'e' column 'f:q' timestamp 1 type 4")));
  }

  @Test
  void tellsATimestampOrTypeFromAnother() {
    Comparison comparison =
        compare(
            List.of(cell("a", 1, DELETE_COLUMN, "")),
            List.of(cell("a", 2, PUT, ""), cell("a", 1, PUT, "")));

    assertThat(comparison.missing()).isEqualTo(1);
    assertThat(comparison.extra()).isEqualTo(2);
    assertThat(comparison.isEqual()).isFalse();
  }

  @Test
  void countsExactlyWhatWasTakenAwayFromRandomCells() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ExpectedCells cells = new ExpectedCells();
    for (int i = 0; i < 2_000; i++) {
      cells.add(
          List.of(
              cell(
                  "r" + random.nextInt(300),
                  random.nextInt(50),
                  random.nextBoolean() ? PUT : DELETE_COLUMN,
                  "v" + i)));
    }
    List<RawCell> all = read(cells.cursor());
    List<RawCell> some = new ArrayList<>(all);
    some.removeIf(cell -> random.nextInt(4) == 0);

    Comparison comparison = compare(all, some);

    assertThat(comparison.missing()).as("seed %d", seed).isEqualTo(all.size() - some.size());
    assertThat(comparison.extra() + comparison.different()).as("seed %d", seed).isZero();
    assertThat(all).as("seed %d", seed).isSorted();
  }

  @Test
  void showsNoValueAndEscapesTheRow() {
    RawCell cell = cell("a'\u0001", 1, PUT, "secret");

    assertThat(cell).hasToString("row 'a\\x27\\x01' column 'f:q' timestamp 1 type 4");
  }

  static List<RawCell> read(CellCursor cursor) {
    List<RawCell> cells = new ArrayList<>();
    while (cursor.advance()) {
      cells.add(cursor.cell());
    }
    return Collections.unmodifiableList(cells);
  }

  static RawCell cell(String row, long timestamp, int type, String value) {
    return RawCell.of(row, "f", "q", timestamp, type, value.getBytes(StandardCharsets.UTF_8));
  }

  private static Comparison compare(List<RawCell> expected, List<RawCell> actual) {
    return new CellComparer(cells -> {}).compare(cursor(expected), cursor(actual));
  }

  private static CellCursor cursor(List<RawCell> cells) {
    return new CellCursor() {
      private int next;

      @Override
      public boolean advance() {
        return next++ < cells.size();
      }

      @Override
      public RawCell cell() {
        return cells.get(next - 1);
      }

      @Override
      public void close() {}
    };
  }
}
