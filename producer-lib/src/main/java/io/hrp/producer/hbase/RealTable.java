package io.hrp.producer.hbase;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.client.TableBuilder;
import org.jspecify.annotations.Nullable;

/** A table of the real cluster, made when it is needed for the first time. Thread-safe. */
final class RealTable {
  private final RealCluster cluster;
  private final TableName name;
  private final TableTimeouts timeouts;
  private final Map<String, byte[]> requestAttributes;
  private final @Nullable ExecutorService pool;
  private @Nullable Table table;

  RealTable(
      RealCluster cluster,
      TableName name,
      TableTimeouts timeouts,
      Map<String, byte[]> requestAttributes,
      @Nullable ExecutorService pool) {
    this.cluster = cluster;
    this.name = name;
    this.timeouts = timeouts;
    this.requestAttributes = requestAttributes;
    this.pool = pool;
  }

  TableName name() {
    return name;
  }

  TableTimeouts timeouts() {
    return timeouts;
  }

  Map<String, byte[]> requestAttributes() {
    return requestAttributes;
  }

  RealCluster cluster() {
    return cluster;
  }

  /** The table, with the timeouts as they stood when it was first asked for. */
  synchronized Table open() throws IOException {
    if (table == null) {
      TableBuilder builder =
          cluster
              .connection()
              .getTableBuilder(name, pool == null ? cluster.pool() : pool)
              .setOperationTimeout(timeouts.operationMs())
              .setRpcTimeout(timeouts.rpcMs())
              .setReadRpcTimeout(timeouts.readRpcMs())
              .setWriteRpcTimeout(timeouts.writeRpcMs());
      requestAttributes.forEach(builder::setRequestAttribute);
      table = builder.build();
    }
    return table;
  }

  /** Has the next user make the table anew, with the timeouts of then. */
  synchronized void timeoutsChanged() {
    table = null;
  }

  synchronized void close() throws IOException {
    if (table != null) {
      table.close();
    }
  }
}
