package io.hrp.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hrp.it.env.HrpCommand;
import io.hrp.it.env.HrpCommand.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hrp sandbox} from its command line, with one cluster to be quick. */
final class SandboxIT {
  private static final Duration START = Duration.ofMinutes(2);
  private static final String[] UP = {
    "sandbox", "up", "--clusters=solo", "--kafka-heap=256m", "--hbase-heap=512m", "--output=json"
  };

  private final Path directory;

  SandboxIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void down() {
    hrp("sandbox", "down");
  }

  @Test
  void oneSupervisorOwnsTheServersAndTheyEndWithItHoweverItEnds() throws IOException {
    Map<String, Long> first = servers(hrp(UP));
    assertThat(first).containsOnlyKeys("kafka", "hbase-solo");
    assertThat(first.values()).allMatch(SandboxIT::isAlive);

    assertThat(servers(hrp(UP))).as("a second up finds what runs").isEqualTo(first);

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
