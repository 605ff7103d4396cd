package io.hrp.it.env;

import io.hrp.ops.verify.CellComparer;
import io.hrp.ops.verify.CellCursor;
import io.hrp.ops.verify.RawCell;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ResultScanner;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.Table;
import org.jspecify.annotations.Nullable;

/**
 * How the raw cells of a cluster differ from those expected.
 *
 * @param cells how many were expected
 * @param missing expected and not there
 * @param extra there and not expected
 * @param different there with another value
 * @param examples the first few of them, for the reader of a failed test
 */
public record Comparison(
    long cells, long missing, long extra, long different, List<String> examples) {
  public Comparison {
    examples = List.copyOf(examples);
  }

  /** The outcome when {@code cells} were expected and the cluster holds exactly these. */
  public static Comparison equal(long cells) {
    return new Comparison(cells, 0, 0, 0, List.of());
  }

  /**
   * Compares all versions and delete markers of a table with a ledger, in one pass over a scan.
   *
   * <p>Fair only on tables that keep everything, see {@link TestTable.Retention#EVERYTHING}.
   */
  public static Comparison of(Ledger ledger, Cluster cluster, TableName table) {
    return of(ledger.cells(), cluster, table);
  }

  /**
   * The same with cells in HBase's order, those of a ledger at some earlier moment for instance.
   */
  public static Comparison of(List<Cell> expected, Cluster cluster, TableName table) {
    Scan scan = new Scan().setRaw(true).readAllVersions().setCaching(500);
    return Cluster.unchecked(() -> compare(expected, cluster.connection(), table, scan));
  }

  /** Compares what a reader sees of a table with the visible cells expected. */
  public static Comparison visible(List<Cell> expected, Cluster cluster, TableName table) {
    return Cluster.unchecked(
        () -> compare(expected, cluster.connection(), table, new Scan().setCaching(500)));
  }

  private static Comparison compare(
      List<Cell> expected, Connection connection, TableName name, Scan scan) throws IOException {
    try (Table table = connection.getTable(name);
        ResultScanner scanner = table.getScanner(scan)) {
      Iterator<Cell> found =
          StreamSupport.stream(scanner.spliterator(), false)
              .flatMap(row -> Stream.of(row.rawCells()))
              .iterator();
      io.hrp.ops.verify.Comparison result =
          new CellComparer(progress -> {})
              .compare(new Cursor(expected.iterator()), new Cursor(found));
      return new Comparison(
          result.cells(), result.missing(), result.extra(), result.different(), result.examples());
    }
  }

  /** Cells of HBase's client in the form that is compared. */
  private static final class Cursor implements CellCursor {
    private final Iterator<Cell> cells;
    private @Nullable RawCell cell;

    Cursor(Iterator<Cell> cells) {
      this.cells = cells;
    }

    @Override
    public boolean advance() {
      boolean hasNext = cells.hasNext();
      cell = hasNext ? raw(cells.next()) : null;
      return hasNext;
    }

    @Override
    public RawCell cell() {
      return Objects.requireNonNull(cell, "advance first");
    }

    private static RawCell raw(Cell cell) {
      return new RawCell(
          CellUtil.cloneRow(cell),
          CellUtil.cloneFamily(cell),
          CellUtil.cloneQualifier(cell),
          cell.getTimestamp(),
          cell.getType().getCode() & 0xff,
          CellUtil.cloneValue(cell));
    }

    @Override
    public void close() {}
  }
}
