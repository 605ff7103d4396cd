package io.hrp.consumer.apply.hbase;

import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HConstants;

/** Makes the configuration of HBase's client for a target. */
final class ClientConfiguration {
  /** HBase's default for the largest cell a server takes. */
  private static final long DEFAULT_MAX_CELL_BYTES = 10L << 20;

  private static final String MAX_CELL_BYTES = "hbase.server.keyvalue.maxsize";

  private ClientConfiguration() {}

  /**
   * The target's own settings over the client's defaults, and over both what this adapter relies
   * on. Site files that happen to lie on the class path are not read: two targets must not share
   * settings by accident.
   */
  static Configuration of(HBaseTarget target) {
    Configuration conf = new Configuration(false);
    conf.addResource("core-default.xml");
    conf.addResource("hbase-default.xml");
    // Three tries to reach ZooKeeper instead of thirty: we try again ourselves, and can be stopped.
    conf.setInt("zookeeper.recovery.retry", 3);
    target.clientSettings().forEach(conf::set);
    int rpcMs = millis(target.rpcTimeout());
    int operationMs = millis(target.operationTimeout());
    conf.setInt(HConstants.HBASE_RPC_TIMEOUT_KEY, rpcMs);
    conf.setInt(HConstants.HBASE_RPC_READ_TIMEOUT_KEY, rpcMs);
    conf.setInt(HConstants.HBASE_RPC_WRITE_TIMEOUT_KEY, rpcMs);
    conf.setInt(HConstants.HBASE_CLIENT_OPERATION_TIMEOUT, operationMs);
    conf.setInt(HConstants.HBASE_CLIENT_META_OPERATION_TIMEOUT, operationMs);
    // Searches of hbase:meta are the one thing the client may repeat: no order depends on them.
    // They
    // end with the call they were made for, since the next call for the row would join them.
    conf.setInt(HConstants.HBASE_CLIENT_SCANNER_TIMEOUT_PERIOD, operationMs);
    conf.setInt(HConstants.HBASE_CLIENT_RETRIES_NUMBER, 30);
    // The target decides on sizes: the client would refuse the whole call for one large cell.
    conf.setInt("hbase.client.keyvalue.maxsize", 0);
    // Both would send parts of a call later than others.
    conf.setBoolean(HConstants.ENABLE_CLIENT_BACKPRESSURE, false);
    conf.setBoolean(HConstants.STATUS_PUBLISHED, false);
    return conf;
  }

  /** The largest cell the target's servers take, as far as their table descriptors do not say. */
  static long maxCellBytes(Configuration conf) {
    return conf.getLong(MAX_CELL_BYTES, DEFAULT_MAX_CELL_BYTES);
  }

  static String maxCellBytesKey() {
    return MAX_CELL_BYTES;
  }

  private static int millis(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
  }
}
