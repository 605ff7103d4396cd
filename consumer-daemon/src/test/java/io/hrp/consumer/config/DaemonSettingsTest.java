package io.hrp.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hrp.consumer.config.DaemonSettings.Admin;
import io.hrp.consumer.config.DaemonSettings.Apply;
import io.hrp.consumer.config.DaemonSettings.Failures;
import io.hrp.consumer.config.DaemonSettings.Flow;
import io.hrp.consumer.config.DaemonSettings.Timing;
import io.hrp.consumer.retry.PoisonPolicy;
import io.hrp.consumer.testing.GeneratedSection;
import io.hrp.control.config.ConfigException;
import io.hrp.control.config.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DaemonSettingsTest {
  private static final String SHARED =
      """
      kafka:
        bootstrap-servers: k1:9092
      peers:
        east:
          hbase:
            hbase.zookeeper.quorum: zk1
      """;

  private final Path directory;

  DaemonSettingsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void allDefaults() {
    DaemonSettings settings = load(SHARED);

    assertThat(settings.kafka().bootstrapText()).isEqualTo("k1:9092");
    assertThat(settings.peers()).hasSize(1);
    assertThat(settings.group().daemonId()).isEmpty();
    assertThat(settings.group().protocol()).isEqualTo(GroupProtocol.CLASSIC);
    assertThat(settings.group().consumerProperties()).isEmpty();
    assertThat(settings.admin()).isEqualTo(new Admin("127.0.0.1", 9_647, Optional.empty()));
    assertThat(settings.apply())
        .isEqualTo(new Apply(2_000, 2 << 20, 4, Duration.ofSeconds(10), Duration.ofSeconds(15)));
    assertThat(settings.flow()).isEqualTo(new Flow(4, 64 << 20));
    assertThat(settings.timing())
        .isEqualTo(
            new Timing(
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(2)));
    assertThat(settings.failures())
        .isEqualTo(
            new Failures(
                PoisonPolicy.DEAD_LETTER,
                60,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30)));
  }

  @Test
  void allKeys() {
    DaemonSettings settings =
        load(
            SHARED
                + """
                consumer:
                  daemon.id: d1
                  group.protocol: consumer
                  admin:
                    host: 127.0.0.2
                    port: 0
                    port-file: /tmp/port
                  apply:
                    batch-max-rows: 5
                    batch-max-bytes: 4096
                    calls-in-flight: 2
                    rpc-timeout-ms: 200
                    operation-timeout-ms: 300
                  dispatch.lanes-per-partition: 3
                  memory.max-bytes: 2097152
                  commit.interval-ms: 60
                  revoke-timeout-ms: 70
                  drain-timeout-ms: 80
                  start-timeout-ms: 90
                  status.interval-ms: 100
                  poison:
                    policy: park
                    max-per-minute: 7
                  retry:
                    max-delay-ms: 110
                    max-park-delay-ms: 120
                  dead-letter.timeout-ms: 1300
                  kafka:
                    fetch.max.bytes: 1000
                """);

    assertThat(settings.group().daemonId()).contains("d1");
    assertThat(settings.group().protocol()).isEqualTo(GroupProtocol.CONSUMER);
    assertThat(settings.group().consumerProperties()).isEqualTo(Map.of("fetch.max.bytes", "1000"));
    assertThat(settings.admin())
        .isEqualTo(new Admin("127.0.0.2", 0, Optional.of(Path.of("/tmp/port"))));
    assertThat(settings.apply())
        .isEqualTo(new Apply(5, 4096, 2, Duration.ofMillis(200), Duration.ofMillis(300)));
    assertThat(settings.flow()).isEqualTo(new Flow(3, 2_097_152));
    assertThat(settings.timing())
        .isEqualTo(
            new Timing(
                Duration.ofMillis(60),
                Duration.ofMillis(70),
                Duration.ofMillis(80),
                Duration.ofMillis(90),
                Duration.ofMillis(100)));
    assertThat(settings.failures())
        .isEqualTo(
            new Failures(
                PoisonPolicy.PARK,
                7,
                Duration.ofMillis(110),
                Duration.ofMillis(120),
                Duration.ofMillis(1300)));
    for (ConfigKey<?> key : ConsumerKeys.ALL) {
      assertThat(settings.effective())
          .anyMatch(line -> line.startsWith("consumer." + key.name() + " = "));
    }
  }

  @Test
  void listsEveryFaultAtOnce() {
    List<String> problems =
        problemsOf(
            """
            kafka:
              bootstrap-servers: k1:9092
              max.poll.interval.ms: 10000
            peers:
              east:
                hbase:
                  hbase.zookeeper.quorum: zk1
                  hbase.client.retries.number: 7
            consumer:
              admin.prot: 1
              apply:
                batch-max-rows: none
                rpc-timeout-ms: 5000
                operation-timeout-ms: 4000
              revoke-timeout-ms: 6000
              kafka:
                group.id: mine
            """);

    assertThat(problems)
        .hasSize(6)
        .anyMatch(each -> each.contains("'consumer.admin.prot'") && each.contains("admin.port"))
        .anyMatch(each -> each.contains("'consumer.apply.batch-max-rows'"))
        .anyMatch(each -> each.contains("'consumer.apply.operation-timeout-ms'"))
        .anyMatch(each -> each.contains("'consumer.revoke-timeout-ms'"))
        .anyMatch(each -> each.contains("'consumer.kafka.group.id'"))
        .anyMatch(each -> each.contains("'peers.east.hbase.hbase.client.retries.number'"));
  }

  @Test
  void hidesSecretsInTheEffectiveConfiguration() {
    DaemonSettings settings = load(SHARED + "consumer:\n  kafka:\n    sasl.jaas.config: hush\n");

    assertThat(settings.effective())
        .contains("consumer.kafka.sasl.jaas.config = (hidden)")
        .noneMatch(line -> line.contains("hush"));
    assertThat(settings.toString()).doesNotContain("hush");
  }

  @Test
  void namesTheFileThatIsMissing() {
    ConfigException failure =
        catchThrowableOfType(
            ConfigException.class, () -> DaemonSettings.load(directory.resolve("none.yaml")));

    assertThat(failure.getMessage()).contains("none.yaml");
  }

  @Test
  void documentationIsUpToDate() {
    String page = "docs/configuration.md";
    GeneratedSection.assertUpToDate(page, "kafka", ConfigurationPage.kafka());
    GeneratedSection.assertUpToDate(page, "peers", ConfigurationPage.peers());
    GeneratedSection.assertUpToDate(page, "consumer", ConfigurationPage.consumer());
  }

  private DaemonSettings load(String yaml) {
    try {
      return DaemonSettings.load(Files.writeString(directory.resolve("hrp.yaml"), yaml));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> problemsOf(String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> load(yaml)).problems();
  }
}
