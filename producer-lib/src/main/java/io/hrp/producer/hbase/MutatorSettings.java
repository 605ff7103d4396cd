package io.hrp.producer.hbase;

import io.hrp.producer.api.OperationRefusedException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.client.BufferedMutator;
import org.apache.hadoop.hbase.client.BufferedMutatorParams;

/** What a caller wants of a buffered mutator, with HBase's defaults where nothing is said. */
final class MutatorSettings {
  /** HBase's word for "not set". */
  private static final int UNSET = -1;

  private static final String WRITE_BUFFER_KEY = "hbase.client.write.buffer";
  private static final String FLUSH_TIMEOUT_KEY =
      "hbase.client.write.buffer.periodicflush.timeout.ms";
  private static final String FLUSH_TICK_KEY =
      "hbase.client.write.buffer.periodicflush.timertick.ms";
  private static final String MAX_MUTATIONS_KEY = "hbase.client.write.buffer.maxmutations";

  /** HBase's default. */
  private static final long DEFAULT_WRITE_BUFFER_BYTES = 2 << 20;

  private final BufferedMutatorParams params;
  private final Configuration configuration;
  private final TableTimeouts timeouts;

  MutatorSettings(BufferedMutatorParams params, Configuration configuration) {
    this.params = params;
    this.configuration = configuration;
    this.timeouts = new TableTimeouts(configuration);
    if (params.getOperationTimeout() != UNSET) {
      timeouts.operationMs(params.getOperationTimeout());
    }
    if (params.getRpcTimeout() != UNSET) {
      timeouts.rpcMs(params.getRpcTimeout());
      timeouts.writeRpcMs(params.getRpcTimeout());
    }
  }

  /** A mutator class of the caller's own would write past HRP. */
  void requireNoOtherClass() throws PublishRefusedException {
    String other = params.getImplementationClassName();
    if (other == null) {
      other = configuration.get(BufferedMutator.CLASSNAME_KEY);
    }
    if (other != null) {
      throw new PublishRefusedException(
          new OperationRefusedException(
              params.getTableName(),
              "getBufferedMutator",
              "the class '"
                  + other
                  + "' would write past HRP; remove "
                  + BufferedMutator.CLASSNAME_KEY
                  + " and implementationClassName, or make the table direct"));
    }
  }

  TableTimeouts timeouts() {
    return timeouts;
  }

  BufferedMutator.ExceptionListener listener() {
    return params.getListener();
  }

  Map<String, byte[]> requestAttributes() {
    return Map.copyOf(params.getRequestAttributes());
  }

  CellSizeLimit cellSize() {
    return new CellSizeLimit(
        params.getTableName(),
        params.getMaxKeyValueSize() == UNSET
            ? CellSizeLimit.configured(configuration)
            : params.getMaxKeyValueSize());
  }

  long writeBufferBytes() {
    return params.getWriteBufferSize() == UNSET
        ? configuration.getLong(WRITE_BUFFER_KEY, DEFAULT_WRITE_BUFFER_BYTES)
        : params.getWriteBufferSize();
  }

  /** Mutations that may wait; below 1 there is no such limit. */
  int maxMutations() {
    return params.getMaxMutations() == UNSET
        ? configuration.getInt(MAX_MUTATIONS_KEY, UNSET)
        : params.getMaxMutations();
  }

  /** 0 for no periodic flush. */
  long flushTimeoutMs() {
    return params.getWriteBufferPeriodicFlushTimeoutMs() == UNSET
        ? configuration.getLong(FLUSH_TIMEOUT_KEY, 0)
        : params.getWriteBufferPeriodicFlushTimeoutMs();
  }

  long flushTickMs() {
    return params.getWriteBufferPeriodicFlushTimerTickMs() == UNSET
        ? configuration.getLong(FLUSH_TICK_KEY, 1_000)
        : params.getWriteBufferPeriodicFlushTimerTickMs();
  }
}
