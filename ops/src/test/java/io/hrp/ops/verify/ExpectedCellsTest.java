package io.hrp.ops.verify;

import static io.hrp.ops.verify.CellComparerTest.cell;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ExpectedCellsTest {

  @Test
  void givesCellsBackInHBasesOrder() {
    RawCell marker = RawCell.of("b", "f", "", 9, 14, new byte[0]);
    ExpectedCells cells = new ExpectedCells();

    cells.add(List.of(cell("b", 1, 4, "old"), cell("b", 2, 4, "new")));
    cells.add(List.of(cell("a", 5, 4, "x")));
    cells.add(List.of(marker));

    assertThat(CellComparerTest.read(cells.cursor()))
        .containsExactly(
            cell("a", 5, 4, "x"), marker, cell("b", 2, 4, "new"), cell("b", 1, 4, "old"));
  }

  @Test
  void keepsTheLaterOfTwoEqualCells() {
    ExpectedCells cells = new ExpectedCells();

    cells.add(List.of(cell("a", 1, 4, "first")));
    cells.add(List.of(cell("a", 1, 4, "second")));

    assertThat(CellComparerTest.read(cells.cursor())).containsExactly(cell("a", 1, 4, "second"));
  }

  @Test
  void sortsRowsByUnsignedBytes() {
    RawCell high =
        new RawCell(new byte[] {(byte) 0x80}, new byte[] {'f'}, new byte[0], 1, 4, new byte[0]);
    RawCell low = new RawCell(new byte[] {0x7f}, new byte[] {'f'}, new byte[0], 1, 4, new byte[0]);
    ExpectedCells cells = new ExpectedCells();

    cells.add(List.of(high));
    cells.add(List.of(low));

    assertThat(CellComparerTest.read(cells.cursor())).containsExactly(low, high);
  }
}
