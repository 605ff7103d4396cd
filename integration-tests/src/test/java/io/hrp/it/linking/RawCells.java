package io.hrp.it.linking;

import io.hrp.it.env.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.ResultScanner;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.Table;

/** All versions and delete markers of a table, in HBase's order. */
final class RawCells {
  private RawCells() {}

  static List<Cell> of(Cluster cluster, TableName name) {
    List<Cell> cells = new ArrayList<>();
    Scan scan = new Scan().setRaw(true).readAllVersions().setCaching(500);
    try (Table table = cluster.connection().getTable(name);
        ResultScanner scanner = table.getScanner(scan)) {
      for (Result result : scanner) {
        cells.addAll(List.of(result.rawCells()));
      }
      return cells;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Set<Long> timestamps(Collection<Cell> cells) {
    Set<Long> timestamps = new TreeSet<>();
    cells.forEach(cell -> timestamps.add(cell.getTimestamp()));
    return timestamps;
  }

  /** The same cells, written at another time. */
  static List<Cell> at(long timestamp, List<Cell> cells) {
    return cells.stream()
        .<Cell>map(
            cell ->
                new KeyValue(
                    CellUtil.cloneRow(cell),
                    CellUtil.cloneFamily(cell),
                    CellUtil.cloneQualifier(cell),
                    timestamp,
                    KeyValue.Type.codeToType(cell.getType().getCode()),
                    CellUtil.cloneValue(cell)))
        .toList();
  }
}
