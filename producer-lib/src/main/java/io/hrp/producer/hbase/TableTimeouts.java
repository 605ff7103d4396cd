package io.hrp.producer.hbase;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HConstants;

/**
 * The timeouts of a table, in milliseconds.
 *
 * <p>The operation timeout bounds a publish: how long a call waits for Kafka's acknowledgement. The
 * time to hand the mutation over is bounded by {@code hrp.producer.max-block-ms}, and the attempts
 * in between by Kafka's own settings, so the timeouts of single calls to a region server matter
 * only where the real cluster is called: for reads, and for the local half of a dual write.
 *
 * <p>Safe for use by any thread.
 */
final class TableTimeouts {
  private volatile int operationMs;
  private volatile int rpcMs;
  private volatile int readRpcMs;
  private volatile int writeRpcMs;

  /** As an ordinary connection reads them. */
  TableTimeouts(Configuration configuration) {
    operationMs =
        configuration.getInt(
            HConstants.HBASE_CLIENT_OPERATION_TIMEOUT,
            HConstants.DEFAULT_HBASE_CLIENT_OPERATION_TIMEOUT);
    rpcMs =
        configuration.getInt(
            HConstants.HBASE_RPC_TIMEOUT_KEY, HConstants.DEFAULT_HBASE_RPC_TIMEOUT);
    readRpcMs = configuration.getInt(HConstants.HBASE_RPC_READ_TIMEOUT_KEY, rpcMs);
    writeRpcMs = configuration.getInt(HConstants.HBASE_RPC_WRITE_TIMEOUT_KEY, rpcMs);
  }

  TableTimeouts(TableTimeouts other) {
    operationMs = other.operationMs;
    rpcMs = other.rpcMs;
    readRpcMs = other.readRpcMs;
    writeRpcMs = other.writeRpcMs;
  }

  int operationMs() {
    return operationMs;
  }

  int rpcMs() {
    return rpcMs;
  }

  int readRpcMs() {
    return readRpcMs;
  }

  int writeRpcMs() {
    return writeRpcMs;
  }

  void operationMs(int timeoutMs) {
    operationMs = timeoutMs;
  }

  void rpcMs(int timeoutMs) {
    rpcMs = timeoutMs;
  }

  void readRpcMs(int timeoutMs) {
    readRpcMs = timeoutMs;
  }

  void writeRpcMs(int timeoutMs) {
    writeRpcMs = timeoutMs;
  }

  /** As a table's {@code setRpcTimeout} does: that of reads and that of writes. */
  void bothRpcMs(int timeoutMs) {
    readRpcMs = timeoutMs;
    writeRpcMs = timeoutMs;
  }
}
