package io.hrp.ops.client;

import io.hrp.ops.verify.RawCell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellScanner;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;

/**
 * From {@link RowChange} to HBase's mutations, and from mutations to the cells they leave behind.
 */
final class HBaseMutations {

  private HBaseMutations() {}

  /** A change that is not {@link RowChange.Together}. */
  static Mutation mutation(RowChange change) {
    byte[] row = Bytes.toBytes(change.row());
    if (change instanceof RowChange.Put put) {
      return put(row, put);
    }
    Delete delete = new Delete(row);
    if (change instanceof RowChange.DeleteVersion version) {
      return delete.addColumn(
          Bytes.toBytes(version.family()), Bytes.toBytes(version.qualifier()), version.timestamp());
    }
    if (change instanceof RowChange.DeleteColumn column) {
      return delete.addColumns(Bytes.toBytes(column.family()), Bytes.toBytes(column.qualifier()));
    }
    if (change instanceof RowChange.DeleteFamily family) {
      return delete.addFamily(Bytes.toBytes(family.family()));
    }
    if (change instanceof RowChange.DeleteFamilyVersion version) {
      return delete.addFamilyVersion(Bytes.toBytes(version.family()), version.timestamp());
    }
    if (change instanceof RowChange.DeleteRow) {
      return delete;
    }
    throw new IllegalArgumentException("not a single mutation: " + change);
  }

  static RowMutations together(RowChange.Together change) {
    try {
      RowMutations mutations =
          new RowMutations(Bytes.toBytes(change.row()), change.changes().size());
      for (RowChange each : change.changes()) {
        mutations.add(mutation(each));
      }
      return mutations;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The cells a raw scan shows once these mutations are applied.
   *
   * @param stamped with a timestamp in every cell
   * @param families of the table; a delete of the whole row leaves a marker in each
   */
  static List<RawCell> cells(Row stamped, List<String> families) {
    List<RawCell> cells = new ArrayList<>();
    if (stamped instanceof RowMutations several) {
      several.getMutations().forEach(each -> addCells(each, families, cells));
    } else {
      addCells((Mutation) stamped, families, cells);
    }
    return cells;
  }

  static RawCell cell(Cell cell) {
    return new RawCell(
        CellUtil.cloneRow(cell),
        CellUtil.cloneFamily(cell),
        CellUtil.cloneQualifier(cell),
        cell.getTimestamp(),
        cell.getType().getCode() & 0xff,
        CellUtil.cloneValue(cell));
  }

  private static Put put(byte[] row, RowChange.Put change) {
    Put put = new Put(row);
    for (RowChange.Column column : change.columns()) {
      put.addColumn(
          Bytes.toBytes(column.family()),
          Bytes.toBytes(column.qualifier()),
          Bytes.toBytes(column.value()));
    }
    return put;
  }

  private static void addCells(Mutation mutation, List<String> families, List<RawCell> cells) {
    if (mutation instanceof Delete && mutation.isEmpty()) {
      for (String family : families) {
        cells.add(
            new RawCell(
                mutation.getRow(),
                Bytes.toBytes(family),
                new byte[0],
                mutation.getTimestamp(),
                KeyValue.Type.DeleteFamily.getCode() & 0xff,
                new byte[0]));
      }
      return;
    }
    CellScanner scanner = mutation.cellScanner();
    try {
      while (scanner.advance()) {
        cells.add(cell(scanner.current()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
