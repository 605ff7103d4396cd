package io.hrp.it.scenario;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;

/**
 * What a reader sees of raw cells on a table with one version: per column the newest put, unless a
 * delete of its column or family is not older. Knows no deletes of single versions: what they leave
 * visible on such a table depends on when the cluster last dropped old versions.
 */
final class VisibleCells {
  private VisibleCells() {}

  private record Column(ByteBuffer row, ByteBuffer family, ByteBuffer qualifier) {
    static Column of(Cell cell) {
      return new Column(
          ByteBuffer.wrap(CellUtil.cloneRow(cell)),
          ByteBuffer.wrap(CellUtil.cloneFamily(cell)),
          ByteBuffer.wrap(CellUtil.cloneQualifier(cell)));
    }

    Column wholeFamily() {
      return new Column(row, family, ByteBuffer.allocate(0));
    }
  }

  /** The visible ones of {@code raw}, in the order given; {@code raw} is in HBase's order. */
  static List<Cell> of(List<Cell> raw) {
    Map<Column, Long> deletedColumns = new HashMap<>();
    Map<Column, Long> deletedFamilies = new HashMap<>();
    for (Cell cell : raw) {
      switch (cell.getType()) {
        case DeleteColumn -> deletedColumns.merge(Column.of(cell), cell.getTimestamp(), Long::max);
        case DeleteFamily ->
            deletedFamilies.merge(Column.of(cell).wholeFamily(), cell.getTimestamp(), Long::max);
        case Put -> {}
        default -> throw new IllegalArgumentException("cannot judge " + cell);
      }
    }
    List<Cell> visible = new ArrayList<>();
    Map<Column, Cell> newest = new HashMap<>();
    for (Cell cell : raw) {
      if (cell.getType() == Cell.Type.Put) {
        Column column = Column.of(cell);
        long deleted =
            Math.max(
                deletedColumns.getOrDefault(column, -1L),
                deletedFamilies.getOrDefault(column.wholeFamily(), -1L));
        // Timestamps fall within a column, so the first put is the newest.
        if (newest.putIfAbsent(column, cell) == null && cell.getTimestamp() > deleted) {
          visible.add(cell);
        }
      }
    }
    return visible;
  }
}
