package io.hrp.it.env;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.Result;
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
  private static final int MAX_EXAMPLES = 10;

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
    return Cluster.unchecked(() -> merge(expected, cluster.connection(), table, scan));
  }

  /** Compares what a reader sees of a table with the visible cells expected. */
  public static Comparison visible(List<Cell> expected, Cluster cluster, TableName table) {
    return Cluster.unchecked(
        () -> merge(expected, cluster.connection(), table, new Scan().setCaching(500)));
  }

  private static Comparison merge(
      List<Cell> expected, Connection connection, TableName name, Scan scan) throws IOException {
    try (Table table = connection.getTable(name);
        ResultScanner scanner = table.getScanner(scan)) {
      return new Merge(expected).with(scanner);
    }
  }

  /** Two sorted streams of cells walked side by side. */
  private static final class Merge {
    private final int cells;
    private final Iterator<Cell> expected;
    private @Nullable Cell next;
    private long missing;
    private long extra;
    private long different;
    private final List<String> examples = new ArrayList<>();

    Merge(List<Cell> expected) {
      this.cells = expected.size();
      this.expected = expected.iterator();
      advance();
    }

    Comparison with(ResultScanner scanner) throws IOException {
      for (Optional<Result> row = read(scanner); row.isPresent(); row = read(scanner)) {
        for (Cell cell : row.get().rawCells()) {
          take(Ledger.copy(cell));
        }
      }
      while (next != null) {
        skipMissing(next);
      }
      return new Comparison(cells, missing, extra, different, examples);
    }

    private static Optional<Result> read(ResultScanner scanner) throws IOException {
      return Optional.ofNullable(scanner.next());
    }

    private void take(Cell actual) {
      while (next != null && Ledger.CELL_ORDER.compare(next, actual) < 0) {
        skipMissing(next);
      }
      if (next == null || Ledger.CELL_ORDER.compare(next, actual) > 0) {
        extra++;
        example("extra", actual);
        return;
      }
      if (!CellUtil.matchingValue(next, actual)) {
        different++;
        example("different", actual);
      }
      advance();
    }

    private void skipMissing(Cell cell) {
      missing++;
      example("missing", cell);
      advance();
    }

    private void advance() {
      next = expected.hasNext() ? expected.next() : null;
    }

    private void example(String what, Cell cell) {
      if (examples.size() < MAX_EXAMPLES) {
        examples.add(what + " " + cell);
      }
    }
  }
}
