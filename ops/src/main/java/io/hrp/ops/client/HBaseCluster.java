package io.hrp.ops.client;

import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.verify.CellCursor;
import io.hrp.ops.verify.RawCell;
import io.hrp.wire.TableId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.KeepDeletedCells;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Admin;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.ResultScanner;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.util.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One HBase cluster, as an operator's tool sees it. Thread-safe, save for the cursors. Failures
 * come as a {@code CommandException} that names the cluster.
 */
public final class HBaseCluster implements AutoCloseable {

  /** Large enough that the calls do not count, small enough for the heap of a command. */
  private static final int SCAN_CHUNK_BYTES = 2 << 20;

  private final String name;
  private final Connection connection;

  private HBaseCluster(String name, Connection connection) {
    this.name = name;
    this.connection = connection;
  }

  /**
   * Connects to a cluster.
   *
   * @param name for messages
   * @param settings of HBase's client
   */
  public static HBaseCluster connect(String name, Map<String, String> settings) {
    Objects.requireNonNull(name, "name");
    Configuration configuration = HBaseConfiguration.create();
    // A tool tells its user within a minute that a cluster does not answer; HBase's own limit is
    // twenty.
    configuration.setInt(HConstants.HBASE_CLIENT_OPERATION_TIMEOUT, 60_000);
    configuration.setInt(HConstants.HBASE_CLIENT_RETRIES_NUMBER, 8);
    settings.forEach(configuration::set);
    try {
      return new HBaseCluster(name, ConnectionFactory.createConnection(configuration));
    } catch (IOException e) {
      throw unreachable(name, "connect", e);
    }
  }

  /**
   * Creates a table that keeps everything, so that raw comparisons are fair: all versions, delete
   * markers and what they mask, no TTL.
   *
   * @param splits row keys at which its regions begin
   */
  public void createComparableTable(TableId table, List<String> families, List<String> splits) {
    TableDescriptorBuilder descriptor = TableDescriptorBuilder.newBuilder(tableName(table));
    for (String family : families) {
      descriptor.setColumnFamily(
          ColumnFamilyDescriptorBuilder.newBuilder(Bytes.toBytes(family))
              .setMaxVersions(Integer.MAX_VALUE)
              .setKeepDeletedCells(KeepDeletedCells.TRUE)
              .build());
    }
    byte[][] keys = splits.stream().map(Bytes::toBytes).toArray(byte[][]::new);
    try (Admin admin = connection.getAdmin()) {
      admin.createTable(descriptor.build(), keys);
    } catch (IOException e) {
      throw unreachable(name, "create table '" + table + "'", e);
    }
  }

  /** All versions and delete markers of a table. */
  public CellCursor rawCells(TableId table) {
    try {
      Table client = connection.getTable(tableName(table));
      Scan scan = new Scan().setRaw(true).readAllVersions().setMaxResultSize(SCAN_CHUNK_BYTES);
      return new RawScan(name, client, client.getScanner(scan));
    } catch (IOException e) {
      throw unreachable(name, "scan table '" + table + "'", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException e) {
      throw unreachable(name, "close the connection", e);
    }
  }

  private static TableName tableName(TableId table) {
    return TableName.valueOf(table.namespace(), table.name());
  }

  private static CommandException unreachable(String cluster, String action, IOException cause) {
    return new CommandException(
        ExitCode.UNREACHABLE,
        "cannot %s on cluster '%s': %s".formatted(action, cluster, cause.getMessage()),
        cause);
  }

  /** Walks over the cells of a scan. */
  private static final class RawScan implements CellCursor {

    private final String cluster;
    private final Table table;
    private final ResultScanner scanner;
    private Cell[] row = new Cell[0];
    private int next;
    private @Nullable Cell cell;

    RawScan(String cluster, Table table, ResultScanner scanner) {
      this.cluster = cluster;
      this.table = table;
      this.scanner = scanner;
    }

    @Override
    public boolean advance() {
      while (next == row.length) {
        Result result = read();
        if (result == null) {
          return false;
        }
        row = result.rawCells();
        next = 0;
      }
      cell = row[next++];
      return true;
    }

    @Override
    public RawCell cell() {
      return HBaseMutations.cell(Objects.requireNonNull(cell, "advance first"));
    }

    @Override
    public void close() {
      scanner.close();
      try {
        table.close();
      } catch (IOException e) {
        throw unreachable(cluster, "end the scan", e);
      }
    }

    private @Nullable Result read() {
      try {
        return scanner.next();
      } catch (IOException e) {
        throw unreachable(cluster, "read on in the scan", e);
      }
    }
  }
}
