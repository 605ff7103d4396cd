package io.hrp.ops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.control.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpsSettingsTest {
  private static final String SHARED =
      """
      kafka:
        bootstrap-servers: k:9092
      peers:
        east:
          hbase: {hbase.zookeeper.quorum: z}
      consumer:
        whatever: belongs to the daemon
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it before each test
  private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("hrp.yaml"), text);
  }

  @Test
  void hasDefaultsForAllButWhereTheClustersAre() throws IOException {
    OpsSettings settings = OpsSettings.load(file(SHARED));

    assertThat(settings.confirmTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.kafka().bootstrapText()).isEqualTo("k:9092");
    assertThat(settings.peers()).hasSize(1);
  }

  @Test
  void readsEveryKey() throws IOException {
    OpsSettings settings =
        OpsSettings.load(file(SHARED + "ops:\n  confirm:\n    timeout-ms: 1500\n"));

    assertThat(settings.confirmTimeout()).isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void refusesUnknownAndWrongValues() throws IOException {
    Path file = file(SHARED + "ops:\n  confirm.timeout-ms: 5\n  confirm.timeout: 9\n");

    assertThatThrownBy(() -> OpsSettings.load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("expected milliseconds (1000 to 3600000), got '5'")
        .hasMessageContaining("'ops.confirm.timeout' (line 10) is not a known key; did you mean");
  }
}
