package io.hrp.ops.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class HrpConfigTest {

  @Test
  void writesTheSectionsOfHrpYaml() {
    HrpConfig config =
        new HrpConfig("127.0.0.1:9092", Map.of(), Map.of(), Map.of())
            .withPeer(
                "east",
                Map.of(
                    "hbase.zookeeper.quorum",
                    "127.0.0.1",
                    "hbase.zookeeper.property.clientPort",
                    "2181"))
            .withKafka("fetch.min.bytes", "1")
            .withConsumer("admin.port-file", "/a \"b\"\\c");

    assertThat(config.toYaml())
        .isEqualTo(
            """
            kafka:
              bootstrap-servers: "127.0.0.1:9092"
              fetch.min.bytes: 1
            peers:
              east:
                hbase:
                  hbase.zookeeper.property.clientPort: 2181
                  hbase.zookeeper.quorum: "127.0.0.1"
            consumer:
              admin.port-file: "/a \\"b\\"\\\\c"
            """);
  }

  @Test
  void leavesOutAPeer() {
    HrpConfig config =
        new HrpConfig(
            "a:1", Map.of(), Map.of("east", Map.of("k", "v"), "west", Map.of("k", "v")), Map.of());

    assertThat(config.withoutPeer("east").peers()).containsOnlyKeys("west");
  }
}
