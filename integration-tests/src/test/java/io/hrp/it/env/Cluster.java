package io.hrp.it.env;

import io.hrp.ops.sandbox.HBaseProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Admin;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.client.TableDescriptor;

/**
 * One HBase cluster of the test servers, seen by an ordinary client. Thread-safe. Failures come as
 * {@link UncheckedIOException}.
 */
public final class Cluster {
  private final HBaseProcess process;
  private final Connection connection;

  Cluster(HBaseProcess process) {
    this.process = process;
    Configuration settings = HBaseConfiguration.create();
    process.clientSettings().forEach(settings::set);
    // A test that asks a cluster which is down should hear so, not wait out HBase's minutes.
    settings.setInt("hbase.client.retries.number", 8);
    settings.setInt("zookeeper.recovery.retry", 1);
    this.connection = unchecked(() -> ConnectionFactory.createConnection(settings));
  }

  /** {@code east} or {@code west}. */
  public String name() {
    return process.cluster();
  }

  /** The process, to be stopped, killed or frozen. */
  public HBaseProcess process() {
    return process;
  }

  /** Shared by all tests: do not close. */
  public Connection connection() {
    return connection;
  }

  /** What a client has to set to reach this cluster. */
  public Map<String, String> clientSettings() {
    return process.clientSettings();
  }

  /** Calls the cluster's admin. */
  public void admin(AdminCall call) {
    unchecked(
        () -> {
          try (Admin admin = connection.getAdmin()) {
            call.run(admin);
          }
          return true;
        });
  }

  /** Creates a table, and its namespace where that is missing. */
  public void createTable(TableDescriptor descriptor, List<byte[]> splits) {
    admin(
        admin -> {
          if (splits.isEmpty()) {
            admin.createTable(descriptor);
          } else {
            admin.createTable(descriptor, splits.toArray(byte[][]::new));
          }
        });
  }

  /** Removes a table, whether it is enabled, disabled or missing. */
  public void dropTable(TableName table) {
    admin(
        admin -> {
          if (admin.tableExists(table)) {
            if (admin.isTableEnabled(table)) {
              admin.disableTable(table);
            }
            admin.deleteTable(table);
          }
        });
  }

  /** Writes mutations past HRP, one call each and in order; every cell needs its timestamp. */
  public void write(TableName name, List<? extends Row> mutations) {
    unchecked(
        () -> {
          try (Table table = connection.getTable(name)) {
            for (Row mutation : mutations) {
              write(table, mutation);
            }
          }
          return true;
        });
  }

  private static void write(Table table, Row mutation) throws IOException {
    if (mutation instanceof RowMutations several) {
      table.mutateRow(several);
    } else if (mutation instanceof org.apache.hadoop.hbase.client.Put put) {
      table.put(put);
    } else if (mutation instanceof org.apache.hadoop.hbase.client.Delete delete) {
      table.delete(delete);
    } else {
      throw new IllegalArgumentException("no mutation: " + mutation.getClass());
    }
  }

  /** Something asked of an {@link Admin}. */
  @FunctionalInterface
  public interface AdminCall {
    void run(Admin admin) throws IOException;
  }

  /** Something asked of HBase. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  static <T> T unchecked(Call<T> call) {
    try {
      return call.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
