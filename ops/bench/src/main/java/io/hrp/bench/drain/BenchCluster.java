package io.hrp.bench.drain;

import io.hrp.ops.sandbox.HBaseProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.RegionMetrics;
import org.apache.hadoop.hbase.ServerName;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Admin;
import org.apache.hadoop.hbase.client.AsyncConnection;
import org.apache.hadoop.hbase.client.AsyncTable;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.ResultScanner;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.filter.FirstKeyOnlyFilter;
import org.apache.hadoop.hbase.replication.ReplicationPeerConfig;

/** One cluster of the sandbox: its tables, what arrived in them, its native replication. */
final class BenchCluster implements AutoCloseable {

  private static final int REGIONS = 4;
  private static final int BATCH = 2_000;
  private static final int CALLS = 4;

  private final HBaseProcess process;
  private final Connection connection;
  private final Admin admin;

  BenchCluster(HBaseProcess process) {
    this.process = process;
    try {
      this.connection = ConnectionFactory.createConnection(configuration(process));
      this.admin = connection.getAdmin();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Configuration configuration(HBaseProcess process) {
    Configuration configuration = HBaseConfiguration.create();
    process.clientSettings().forEach(configuration::set);
    return configuration;
  }

  HBaseProcess process() {
    return process;
  }

  long pid() {
    return process.pid();
  }

  /**
   * Creates an empty table of four regions.
   *
   * @param scope 1 for a family that native replication ships, 0 for none
   */
  void createTable(TableName table, int scope) {
    try {
      admin.createTable(
          TableDescriptorBuilder.newBuilder(table)
              .setColumnFamily(
                  ColumnFamilyDescriptorBuilder.newBuilder(DrainRows.FAMILY)
                      .setScope(scope)
                      .build())
              .build(),
          DrainRows.splits(REGIONS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void dropTable(TableName table) {
    try {
      admin.disableTable(table);
      admin.deleteTable(table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a table's rows out of memory. */
  void flush(TableName table) {
    try {
      admin.flush(table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Mutations that the regions of a table have taken since they were opened. Cheap. */
  long writes(TableName table) {
    try {
      long writes = 0;
      for (ServerName server : admin.getRegionServers()) {
        for (RegionMetrics region : admin.getRegionMetrics(server, table)) {
          writes += region.getWriteRequestCount();
        }
      }
      return writes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows and cells of a table, counted by reading it. */
  long countRows(TableName table) {
    Scan scan = new Scan().setFilter(new FirstKeyOnlyFilter()).setCaching(10_000);
    long rows = 0;
    try (Table open = connection.getTable(table);
        ResultScanner results = open.getScanner(scan)) {
      for (Result unused : results) {
        rows++;
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the first {@code rows} rows to a table. */
  void fill(TableName table, int rows) {
    try (AsyncConnection async =
        ConnectionFactory.createAsyncConnection(configuration(process)).join()) {
      AsyncTable<?> open = async.getTable(table);
      Deque<CompletableFuture<Void>> calls = new ArrayDeque<>();
      List<Put> batch = new ArrayList<>(BATCH);
      for (int i = 0; i < rows; i++) {
        batch.add(DrainRows.put(i));
        if (batch.size() == BATCH || i == rows - 1) {
          if (calls.size() == CALLS) {
            calls.removeFirst().join();
          }
          calls.addLast(open.putAll(batch));
          batch = new ArrayList<>(BATCH);
        }
      }
      calls.forEach(CompletableFuture::join);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the other cluster a peer of HBase's own replication, disabled. */
  void addDisabledPeer(String id, BenchCluster other) {
    try {
      admin.addReplicationPeer(
          id,
          ReplicationPeerConfig.newBuilder().setClusterKey(other.process.clusterKey()).build(),
          false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void enablePeer(String id) {
    try {
      admin.enableReplicationPeer(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void disablePeer(String id) {
    try {
      admin.disableReplicationPeer(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      admin.close();
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
