package io.hrp.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hrp.it.env.HrpCommand;
import io.hrp.it.env.HrpCommand.Result;
import io.hrp.ops.config.OpsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hrp sandbox} from its command line, with one cluster to be quick. */
final class SandboxIT {
  private static final Duration START = Duration.ofMinutes(2);
  private static final String[] UP = {
    "sandbox", "up", "--clusters=solo", "--kafka-heap=256m", "--hbase-heap=512m", "--output=json"
  };
  private static final TableName TABLE = TableName.valueOf("kept");
  private static final byte[] ROW = Bytes.toBytes("row");
  private static final byte[] FAMILY = Bytes.toBytes("cf");

  private final Path directory;

  SandboxIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void down() {
    hrp("sandbox", "down");
  }

  @Test
  void twoUpsAtOnceShareOneSandboxWhoseRowsOutliveItsServers() throws Exception {
    CompletableFuture<Result> other = CompletableFuture.supplyAsync(() -> hrp(UP));
    Map<String, Long> first = servers(hrp(UP));
    assertThat(first).containsOnlyKeys("kafka", "hbase-solo");
    assertThat(servers(other.get())).as("another up at the same time").isEqualTo(first);
    assertThat(servers(hrp(UP))).as("a later up finds what runs").isEqualTo(first);
    requireAPortInUseIsTold();
    String kafka = kafkaAddress();
    writeARow();

    assertThat(hrp("sandbox", "down").exitCode()).isZero();
    assertThat(first.values()).noneMatch(SandboxIT::isAlive);
    assertThat(servers(hrp(UP))).isNotEqualTo(first);

    assertThat(kafkaAddress()).as("the same ports as before").isEqualTo(kafka);
    assertThat(readTheRow()).isEqualTo("value");
    assertThat(hrp("sandbox", "down", "--delete-data").err()).contains("its data is deleted");
    assertThat(directory.resolve("sandbox").resolve("data")).doesNotExist();
  }

  @Test
  @Tag("long")
  void theServersEndWithTheirSupervisorHoweverItEnds() throws IOException {
    Map<String, Long> first = servers(hrp(UP));
    assertThat(first.values()).allMatch(SandboxIT::isAlive);

    ProcessHandle supervisor =
        ProcessHandle.of(first.getOrDefault("kafka", -1L))
            .flatMap(ProcessHandle::parent)
            .orElseThrow();
    supervisor.destroyForcibly();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(first.values()).noneMatch(SandboxIT::isAlive));

    Map<String, Long> second = servers(hrp(UP));
    assertThat(second).containsOnlyKeys("kafka", "hbase-solo");
    assertThat(second.values())
        .allMatch(SandboxIT::isAlive)
        .doesNotContainAnyElementsOf(first.values());

    assertThat(hrp("sandbox", "down").exitCode()).isZero();
    assertThat(second.values()).noneMatch(SandboxIT::isAlive);
  }

  /** Another sandbox that asks for a port of the one that runs. */
  private void requireAPortInUseIsTold() {
    String port = kafkaAddress().replaceFirst(".*:", "");

    Result result =
        new HrpCommand(directory.resolve("other"))
            .run(START, "sandbox", "up", "--port", "kafka=" + port);

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.err().lines().filter(line -> !line.isBlank()))
        .singleElement()
        .asString()
        .startsWith("hrp: ")
        .contains("kafka")
        .contains(port);
  }

  private OpsSettings settings() {
    return OpsSettings.load(directory.resolve("sandbox").resolve("hrp.yaml"));
  }

  private String kafkaAddress() {
    return settings().kafka().bootstrapServers().get(0);
  }

  private Connection connection() throws IOException {
    Configuration configuration = HBaseConfiguration.create();
    settings().peers().get(0).hbase().forEach(configuration::set);
    return ConnectionFactory.createConnection(configuration);
  }

  private void writeARow() throws IOException {
    try (Connection connection = connection();
        var admin = connection.getAdmin();
        Table table = connection.getTable(TABLE)) {
      admin.createTable(
          TableDescriptorBuilder.newBuilder(TABLE)
              .setColumnFamily(ColumnFamilyDescriptorBuilder.of(FAMILY))
              .build());
      table.put(new Put(ROW).addColumn(FAMILY, null, Bytes.toBytes("value")));
    }
  }

  private String readTheRow() throws IOException {
    try (Connection connection = connection();
        Table table = connection.getTable(TABLE)) {
      return Bytes.toString(table.get(new Get(ROW)).value());
    }
  }

  private Result hrp(String... arguments) {
    return new HrpCommand(directory).run(START, arguments);
  }

  /** Process ids by server, as the command printed them. */
  private static Map<String, Long> servers(Result result) throws IOException {
    assertThat(result.exitCode()).as(result.err()).isZero();
    Map<String, Long> servers = new TreeMap<>();
    for (JsonNode server : new ObjectMapper().readTree(result.out()).get("servers")) {
      servers.put(server.get("name").asText(), server.get("pid").asLong());
    }
    return servers;
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
