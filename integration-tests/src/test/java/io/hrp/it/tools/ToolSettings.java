package io.hrp.it.tools;

import io.hrp.it.env.Broker;
import io.hrp.it.env.Cluster;
import io.hrp.it.env.DropIn;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a tool is told by its {@code hbase-site.xml}: all that changes between a direct run and one
 * through HRP.
 *
 * @param site the keys of the file
 * @param hasHrp whether HRP is on the class path
 */
record ToolSettings(Map<String, String> site, boolean hasHrp) {
  /** The drop-in for everything that asks HBase for a {@code Connection}. */
  static final String CONNECTION = "io.hrp.producer.hbase.HrpConnection";

  /** The same for tools that cast it to HBase's private {@code ClusterConnection}. */
  static final String BRIDGE = "org.apache.hadoop.hbase.client.HrpClusterConnection";

  /** The drop-in for those that ask for an {@code AsyncConnection}. */
  static final String ASYNC_CONNECTION = "io.hrp.producer.hbase.HrpAsyncConnection";

  static final String ASYNC_CONNECTION_KEY = "hbase.client.async.connection.impl";
  static final String CONNECTION_KEY = "hbase.client.connection.impl";
  static final String PUBLISH_ONLY = "hrp.producer.tables.publish-only";
  static final String DUAL = "hrp.producer.tables.dual";
  static final String DIRECT = "hrp.producer.tables.direct";

  ToolSettings {
    site = Map.copyOf(site);
  }

  /** As HBase ships it, HRP not even on the class path. */
  static ToolSettings direct(Cluster cluster) {
    return new ToolSettings(cluster.clientSettings(), false);
  }

  /** HRP's connection in front of a cluster; which tables it is for has to be added. */
  static ToolSettings through(Broker broker, Cluster cluster) {
    return new ToolSettings(cluster.clientSettings(), true)
        .with(CONNECTION_KEY, CONNECTION)
        .with("hrp.producer.kafka.bootstrap.servers", broker.bootstrapServers());
  }

  /** The same for a program that must not need HBase: nothing listens where it would look. */
  static ToolSettings withoutCluster(Broker broker) {
    return new ToolSettings(DropIn.NO_CLUSTER, true)
        .with(CONNECTION_KEY, CONNECTION)
        .with("hrp.producer.kafka.bootstrap.servers", broker.bootstrapServers());
  }

  ToolSettings with(String key, String value) {
    Map<String, String> more = new TreeMap<>(site);
    more.put(key, value);
    return new ToolSettings(more, hasHrp);
  }

  /** The text of the file. */
  String xml() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<configuration>\n");
    new TreeMap<>(site)
        .forEach(
            (key, value) ->
                xml.append("  <property><name>")
                    .append(escaped(key))
                    .append("</name><value>")
                    .append(escaped(value))
                    .append("</value></property>\n"));
    return xml.append("</configuration>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
