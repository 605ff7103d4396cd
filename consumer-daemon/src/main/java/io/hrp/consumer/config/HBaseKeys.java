package io.hrp.consumer.config;

import java.util.Map;

/** Settings of HBase's client that a daemon must own, whatever a peer passes through. */
final class HBaseKeys {
  private static final String ORDER =
      "retries are HRP's own, because HBase's client would reorder the mutations of a row";

  /** From keys that may not be set to the reason. */
  static final Map<String, String> REFUSED =
      Map.of(
          "hbase.client.retries.number",
          ORDER,
          "hbase.client.keyvalue.maxsize",
          "the target itself decides on sizes, so that one large cell fails alone",
          "hbase.rpc.timeout",
          "use 'consumer.apply.rpc-timeout-ms'",
          "hbase.rpc.write.timeout",
          "use 'consumer.apply.rpc-timeout-ms'",
          "hbase.client.operation.timeout",
          "use 'consumer.apply.operation-timeout-ms'",
          "hbase.client.backpressure.enabled",
          "it delays parts of a call, which would reorder the mutations of a row");

  private HBaseKeys() {}
}
