package org.apache.hadoop.hbase.client;

import io.hrp.producer.hbase.HrpConnection;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.security.User;
import org.jspecify.annotations.Nullable;

/**
 * HRP's connection for tools that cast HBase's {@code Connection} to its private {@code
 * ClusterConnection}, as LoadTestTool does: set {@code hbase.client.connection.impl} to this class.
 * Programs that do not cast take {@link HrpConnection}.
 *
 * <p>It is HBase's own connection, opened at once, save that tables and buffered mutators of
 * published tables come from an {@link HrpConnection} beside it, which opens a second connection to
 * the cluster if one of these tables is read.
 *
 * <p>The only class outside {@code io.hrp}: what it extends is visible in this package alone.
 */
public final class HrpClusterConnection extends ConnectionImplementation {
  private final HrpConnection publishing;

  /**
   * As HBase's {@code ConnectionFactory} calls it.
   *
   * @param pool for batches; null for one of HBase's making
   * @throws IOException if HBase's own connection cannot be opened
   */
  public HrpClusterConnection(
      Configuration configuration,
      @Nullable ExecutorService pool,
      User user,
      Map<String, byte[]> connectionAttributes)
      throws IOException {
    super(configuration, pool, user, connectionAttributes);
    try {
      publishing = new HrpConnection(configuration, pool, user, connectionAttributes);
    } catch (RuntimeException e) {
      super.close();
      throw e;
    }
  }

  @Override
  public Table getTable(TableName table) throws IOException {
    return isPublished(table) ? publishing.getTable(table) : super.getTable(table);
  }

  @Override
  public TableBuilder getTableBuilder(TableName table, @Nullable ExecutorService pool) {
    return isPublished(table)
        ? publishing.getTableBuilder(table, pool)
        : super.getTableBuilder(table, pool);
  }

  @Override
  public BufferedMutator getBufferedMutator(TableName table) {
    return getBufferedMutator(new BufferedMutatorParams(table));
  }

  /**
   * Declares no exception, as HBase's connection does not.
   *
   * @throws java.io.UncheckedIOException if the parameters name a mutator class of their own
   */
  @Override
  public BufferedMutator getBufferedMutator(BufferedMutatorParams params) {
    if (params.getTableName() == null || !isPublished(params.getTableName())) {
      return super.getBufferedMutator(params);
    }
    try {
      return publishing.getBufferedMutator(params);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** False while HBase's own constructor runs, which asks for none of the writers' tables. */
  private boolean isPublished(TableName table) {
    return publishing != null && publishing.modeOf(table).publishes();
  }

  @Override
  public void close() {
    try {
      if (publishing != null) {
        publishing.close();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      super.close();
    }
  }
}
