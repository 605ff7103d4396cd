package io.hrp.producer.hbase;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.client.TableBuilder;

/**
 * Collects a published table's settings without asking the cluster for anything. Not safe for use
 * by several threads.
 */
final class HrpTableBuilder implements TableBuilder {
  private final TableTimeouts timeouts;
  private final Map<String, byte[]> requestAttributes = new HashMap<>();
  private final BiFunction<TableTimeouts, Map<String, byte[]>, Table> tables;

  HrpTableBuilder(
      Configuration configuration, BiFunction<TableTimeouts, Map<String, byte[]>, Table> tables) {
    this.timeouts = new TableTimeouts(configuration);
    this.tables = tables;
  }

  /** How long a write may wait for its acknowledgement, and a read for the cluster. */
  @Override
  public TableBuilder setOperationTimeout(int timeoutMs) {
    timeouts.operationMs(timeoutMs);
    return this;
  }

  @Override
  public TableBuilder setRpcTimeout(int timeoutMs) {
    timeouts.rpcMs(timeoutMs);
    return this;
  }

  @Override
  public TableBuilder setReadRpcTimeout(int timeoutMs) {
    timeouts.readRpcMs(timeoutMs);
    return this;
  }

  @Override
  public TableBuilder setWriteRpcTimeout(int timeoutMs) {
    timeouts.writeRpcMs(timeoutMs);
    return this;
  }

  /** Sent with calls to the real cluster; nothing of it travels through Kafka. */
  @Override
  public TableBuilder setRequestAttribute(String key, byte[] value) {
    requestAttributes.put(requireNonNull(key, "key"), value);
    return this;
  }

  @Override
  public Table build() {
    return tables.apply(new TableTimeouts(timeouts), Map.copyOf(requestAttributes));
  }
}
