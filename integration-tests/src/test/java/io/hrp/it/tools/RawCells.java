package io.hrp.it.tools;

import io.hrp.it.env.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.ResultScanner;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.util.Bytes;

/**
 * All that a table holds: every version and every delete marker, in HBase's order. Fair to compare
 * only on tables that keep everything.
 */
final class RawCells {
  private final List<Cell> cells;

  private RawCells(List<Cell> cells) {
    this.cells = List.copyOf(cells);
  }

  static RawCells of(Cluster cluster, TableName name) {
    Scan scan = new Scan().setRaw(true).readAllVersions().setCaching(500);
    List<Cell> cells = new ArrayList<>();
    try (Table table = cluster.connection().getTable(name);
        ResultScanner scanner = table.getScanner(scan)) {
      for (Result row : scanner) {
        cells.addAll(List.of(row.rawCells()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RawCells(cells);
  }

  /** The cells themselves, for a comparison to the bit. */
  List<Cell> cells() {
    return cells;
  }

  /** What two runs have in common if their timestamps come from two clocks; versions keep order. */
  List<String> withoutTimestamps() {
    return cells.stream()
        .map(cell -> place(cell) + "=" + binary(CellUtil.cloneValue(cell)))
        .toList();
  }

  /** What two runs have in common if their values are drawn at random too. */
  List<String> withoutTimestampsAndValues() {
    return cells.stream().map(cell -> place(cell) + "#" + cell.getValueLength()).toList();
  }

  private static String place(Cell cell) {
    return binary(CellUtil.cloneRow(cell))
        + "/"
        + binary(CellUtil.cloneFamily(cell))
        + ":"
        + binary(CellUtil.cloneQualifier(cell))
        + "/"
        + cell.getType();
  }

  private static String binary(byte[] bytes) {
    return Bytes.toStringBinary(bytes);
  }
}
