package io.hrp.it.env;

import io.hrp.producer.hbase.HrpConnection;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HBaseConfiguration;

/** Configurations with which HBase's own client goes through HRP. */
public final class DropIn {
  /** A cluster that is not there: nothing listens on this port. */
  public static final Map<String, String> NO_CLUSTER =
      Map.of(
          "hbase.zookeeper.quorum",
          "127.0.0.1",
          "hbase.zookeeper.property.clientPort",
          "1",
          "hbase.client.retries.number",
          "1",
          "zookeeper.recovery.retry",
          "0");

  private DropIn() {}

  /**
   * HBase's configuration with HRP's connection in it.
   *
   * @param cluster what a client has to set to reach the local cluster
   * @param keys keys of the producer, without {@code hrp.producer.}
   */
  public static Configuration configuration(
      Broker broker, Map<String, String> cluster, Map<String, String> keys) {
    Configuration configuration = HBaseConfiguration.create();
    cluster.forEach(configuration::set);
    configuration.set("hbase.client.connection.impl", HrpConnection.class.getName());
    configuration.set("hrp.producer.kafka.bootstrap.servers", broker.bootstrapServers());
    keys.forEach((key, value) -> configuration.set("hrp.producer." + key, value));
    return configuration;
  }
}
