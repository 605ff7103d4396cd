package io.hrp.control.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hrp.control.PeerName;
import io.hrp.control.StartPosition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HrpYamlTest {
  private static final ConfigKey<Integer> BATCH =
      ConfigKey.count("apply.batch-max-records", 1, 100, "Records in one call").withDefault(10);
  private static final ConfigKey<Duration> LINGER =
      ConfigKey.millis("apply.linger-ms", 0, 1000, "Longest wait for more")
          .withDefault(Duration.ofMillis(5));
  private static final ConfigKey<Boolean> METRICS =
      ConfigKey.flag("metrics.enabled", "Whether metrics are served").withDefault(true);
  private static final ConfigKey<String> TOKEN =
      ConfigKey.text("admin.key", "Shared key").withDefault("none").secret();

  private static String text(String... lines) {
    return String.join("\n", lines) + "\n";
  }

  private static List<String> problemsOf(HrpYaml yaml) {
    ConfigException failure = catchThrowableOfType(ConfigException.class, yaml::finish);
    return failure == null ? List.of() : failure.problems();
  }

  @Test
  void readsDottedKeysAtTheTopAsTheSameKeysInTheirSection() {
    HrpYaml yaml =
        HrpYaml.parse(
            "hrp.yaml",
            text(
                "kafka.bootstrap-servers: k1:9092",
                "kafka:",
                "  topic-replication: 1",
                "peers.east.hbase:",
                "  hbase.zookeeper.quorum: zk1",
                "consumer.apply: {batch-max-records: 7}"));

    KafkaSettings kafka = KafkaSettings.read(yaml.section("kafka"));
    List<PeerSettings> peers = PeerSettings.readAll(yaml.section("peers"));
    int batch = yaml.section("consumer").get(BATCH);
    yaml.finish();

    assertThat(kafka.bootstrapServers()).containsExactly("k1:9092");
    assertThat(kafka.topicReplication()).isEqualTo(1);
    assertThat(peers.get(0).hbase()).hasSize(1).containsEntry("hbase.zookeeper.quorum", "zk1");
    assertThat(batch).isEqualTo(7);
  }

  @Test
  void reportsADottedKeyAtTheTopThatStandsTwiceOrInNoSection() {
    HrpYaml yaml =
        HrpYaml.parse(
            "hrp.yaml",
            text(
                "consumer.apply.linger-ms: 1",
                "consumer:",
                "  apply: {linger-ms: 2}",
                "konsumer.apply.linger-ms: 1"));

    List<String> problems = problemsOf(yaml);

    assertThat(problems).hasSize(2);
    assertThat(problems)
        .anyMatch(each -> each.contains("'consumer.apply.linger-ms'") && each.contains("twice"))
        .anyMatch(each -> each.contains("'konsumer' is not a section"));
  }

  @Test
  void readsSharedSectionsWithAllDefaults() {
    HrpYaml yaml =
        HrpYaml.parse(
            "hrp.yaml",
            text(
                "kafka:",
                "  bootstrap-servers: k1:9092",
                "peers:",
                "  east:",
                "    hbase:",
                "      hbase.zookeeper.quorum: zk1"));

    KafkaSettings kafka = KafkaSettings.read(yaml.section("kafka"));
    List<PeerSettings> peers = PeerSettings.readAll(yaml.section("peers"));
    yaml.finish();

    assertThat(kafka.bootstrapServers()).containsExactly("k1:9092");
    assertThat(kafka.topicReplication()).isEqualTo(3);
    assertThat(kafka.clientProperties()).hasSize(1).containsEntry("bootstrap.servers", "k1:9092");
    assertThat(peers).hasSize(1);
    assertThat(peers.get(0).name()).isEqualTo("east");
    assertThat(peers.get(0).hbase()).hasSize(1).containsEntry("hbase.zookeeper.quorum", "zk1");
    assertThat(peers.get(0).durability()).isEqualTo(PeerDurability.SYNC_WAL);
    assertThat(peers.get(0).generation()).isEqualTo(1);
    assertThat(peers.get(0).startPosition()).isEqualTo(StartPosition.EARLIEST);
  }

  @Test
  void readsSharedSectionsWithEveryKey() {
    HrpYaml yaml =
        HrpYaml.parse(
            "hrp.yaml",
            text(
                "kafka:",
                "  bootstrap-servers: [k1:9092, k2:9092]",
                "  topic-replication: 1",
                "  security.protocol: SASL_SSL",
                "  sasl:",
                "    jaas.config: s3cr3t",
                "peers:",
                "  west:",
                "    durability: async-wal",
                "    generation: 7",
                "    start-position: latest",
                "    hbase:",
                "      hbase.zookeeper.quorum: zk1,zk2",
                "      hbase.zookeeper.property.clientPort: 2181"));

    KafkaSettings kafka = KafkaSettings.read(yaml.section("kafka"));
    PeerSettings west = PeerSettings.readAll(yaml.section("peers")).get(0);
    yaml.finish();

    assertThat(kafka.bootstrapText()).isEqualTo("k1:9092,k2:9092");
    assertThat(kafka.topicReplication()).isEqualTo(1);
    assertThat(kafka.clientProperties())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.jaas.config", "s3cr3t")
        .containsEntry("bootstrap.servers", "k1:9092,k2:9092");
    assertThat(west.durability()).isEqualTo(PeerDurability.ASYNC_WAL);
    assertThat(west.generation()).isEqualTo(7);
    assertThat(west.startPosition()).isEqualTo(StartPosition.LATEST);
    assertThat(west.hbase()).containsEntry("hbase.zookeeper.property.clientPort", "2181");
    assertThat(yaml.effective())
        .contains("kafka.sasl.jaas.config = (hidden)", "peers.west.durability = async-wal")
        .noneMatch(line -> line.contains("s3cr3t"));
  }

  @Test
  void listsEveryFaultAtOnce() {
    HrpYaml yaml =
        HrpYaml.parse(
            "hrp.yaml",
            text(
                "kafak: {}",
                "kafka:",
                "  bootstrap-server: k1:9092",
                "  acks: 1",
                "peers:",
                "  East One:",
                "    hbase: {zookeeper.znode.parent: /h}",
                "    durabilty: sync-wal",
                "    generation: 0",
                "consumer:",
                "  apply:",
                "    batch-max-records: many",
                "    batch-max-records: 5",
                "    linger-mss: 3",
                "  metrics.enabled: yes please"));

    KafkaSettings.read(yaml.section("kafka"));
    PeerSettings.readAll(yaml.section("peers"));
    ConfigSection consumer = yaml.section("consumer");
    consumer.get(BATCH);
    consumer.get(LINGER);
    consumer.get(METRICS);

    assertThat(problemsOf(yaml))
        .containsExactlyInAnyOrder(
            "'kafak' is not a section (they are kafka, peers, consumer, ops, bulkload); did you mean"
                + " 'kafka'?",
            "'consumer.apply.batch-max-records' (line 13) stands twice",
            "'kafka.bootstrap-servers' is missing: Brokers to begin with, host:port each (at least one)",
            "'kafka.acks' (line 4) cannot be set: HRP sets it, because its guarantees rest on it",
            "'kafka.bootstrap-server' (line 3): neither a key of this section nor one of Kafka's"
                + " clients; did you mean 'bootstrap-servers'?",
            "'peers.East One': a peer is named by " + PeerName.RULE,
            "'peers.East One.hbase' does not say where the cluster is: set one of"
                + " hbase.zookeeper.quorum, hbase.client.bootstrap.servers, hbase.masters",
            "'peers.East One.generation' (line 9): expected whole number (1 or more), got '0'",
            "'peers.East One.durabilty' (line 8) is not a known key; did you mean 'durability'?",
            "'consumer.apply.batch-max-records' (line 12): expected whole number (1 to 100), got"
                + " 'many'",
            "'consumer.metrics.enabled' (line 15): expected boolean (true or false), got 'yes please'",
            "'consumer.apply.linger-mss' (line 14) is not a known key; did you mean"
                + " 'apply.linger-ms'?");
  }

  @Test
  void doesNotLookIntoSectionsOfOtherPrograms() {
    HrpYaml yaml = HrpYaml.parse("hrp.yaml", text("bulkload: {whatever: 1}", "ops: {}"));

    assertThat(yaml.section("ops").isEmpty()).isTrue();
    assertThat(problemsOf(yaml)).isEmpty();
  }

  @Test
  void neverShowsASecretNotEvenAFaultyOne() {
    HrpYaml yaml = HrpYaml.parse("hrp.yaml", text("consumer:", "  admin.key: ' '", "  x: 1"));

    yaml.section("consumer").get(TOKEN);

    assertThat(problemsOf(yaml))
        .contains("'consumer.admin.key' (line 2): expected text (not empty), got something else");
    assertThat(yaml.effective()).contains("consumer.admin.key = (hidden)");
  }

  @Test
  void namesAMissingFileAndBrokenYaml(@TempDir Path folder) {
    Path missing = folder.resolve("absent.yaml");

    assertThatThrownBy(() -> HrpYaml.read(missing))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("absent.yaml")
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> HrpYaml.parse("x", "kafka: {password: hunter2"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("not valid YAML near line 1")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> HrpYaml.parse("x", "- a\n- b\n").finish())
        .hasMessageContaining("must be a mapping of sections");
  }

  @Test
  void takesAnEmptyFileAsEmptySections() {
    HrpYaml yaml = HrpYaml.parse("hrp.yaml", "");

    KafkaSettings.read(yaml.section("kafka"));
    PeerSettings.readAll(yaml.section("peers"));

    assertThat(problemsOf(yaml))
        .containsExactly(
            "'kafka.bootstrap-servers' is missing: Brokers to begin with, host:port each (at least one)",
            "'peers' names no peer: it needs at least one target cluster");
  }

  @Test
  void readsFlatKeysOfAHadoopConfiguration() {
    Problems problems = new Problems("job configuration");
    ConfigSection flat =
        ConfigSection.ofFlat(
            "hrp.producer", Map.of("apply.linger-ms", "7", "aply.x", "1"), problems);

    assertThat(flat.get(LINGER)).isEqualTo(Duration.ofMillis(7));
    assertThat(flat.get(BATCH)).isEqualTo(10);
    flat.rejectUnknownKeys();
    assertThat(problems.all()).containsExactly("'hrp.producer.aply.x' is not a known key");
  }
}
