package io.hrp.consumer.apply.hbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.control.config.PeerDurability;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

final class ClientConfigurationTest {
  @Test
  void ownsWhatRowOrderAndTimeoutsRestOn() {
    Configuration conf =
        ClientConfiguration.of(
            target(
                Map.of(
                    "hbase.zookeeper.quorum", "zk1",
                    "hbase.client.keyvalue.maxsize", "5",
                    "hbase.rpc.timeout", "6")));

    assertThat(conf.get("hbase.zookeeper.quorum")).isEqualTo("zk1");
    assertThat(conf.getInt("hbase.client.keyvalue.maxsize", -1)).isZero();
    assertThat(conf.getInt("hbase.rpc.timeout", -1)).isEqualTo(2_000);
    assertThat(conf.getInt("hbase.client.operation.timeout", -1)).isEqualTo(3_000);
    assertThat(conf.getInt("hbase.client.scanner.timeout.period", -1)).isEqualTo(3_000);
    assertThat(conf.getBoolean("hbase.client.backpressure.enabled", true)).isFalse();
  }

  @Test
  void startsFromTheClientsDefaults() {
    Configuration conf = ClientConfiguration.of(target(Map.of()));

    assertThat(conf.get("hbase.zookeeper.property.clientPort")).isEqualTo("2181");
    assertThat(ClientConfiguration.maxCellBytes(conf)).isEqualTo(10L << 20);
  }

  @Test
  void takesTheServersCellLimitFromThePeersSettings() {
    Configuration conf =
        ClientConfiguration.of(target(Map.of("hbase.server.keyvalue.maxsize", "77")));

    assertThat(ClientConfiguration.maxCellBytes(conf)).isEqualTo(77);
  }

  @Test
  void hidesSettingsThatMayBeSecret() {
    assertThat(target(Map.of("hbase.some.password", "hush")).toString()).isEqualTo("peer 'east'");
  }

  @Test
  void refusesAnOperationTimeoutBelowTheRpcTimeout() {
    assertThatThrownBy(
            () ->
                new HBaseTarget(
                    "east",
                    Map.of(),
                    PeerDurability.SYNC_WAL,
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("operationTimeout must not be below rpcTimeout, got PT2S and PT3S");
  }

  private static HBaseTarget target(Map<String, String> settings) {
    return new HBaseTarget(
        "east", settings, PeerDurability.SYNC_WAL, Duration.ofSeconds(2), Duration.ofSeconds(3));
  }
}
