package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.HrpCommand;
import io.hrp.it.env.HrpCommand.Result;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong command gets one clear line, the documented exit status, and no stack trace. */
final class CommandMisuseIT {
  private static final String NOBODY = "127.0.0.1:9";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @RegisterExtension final Scene scene = new Scene();

  private final Path directory;

  private final Steering steering = new Steering(scene);

  CommandMisuseIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tabel list",
        "table pauze orders",
        "table pause",
        "table pause orders --pier west",
        "table disable orders --peer",
        "topic create orders --partitions many",
        "status --output xml"
      })
  void aBadCommandLineIsExplained(String line) {
    Result result = run(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(lines(result)).hasSizeLessThanOrEqualTo(3);
    assertThat(lines(result).get(0)).startsWith("hrp: ");
    assertThat(result.err()).contains("--help").doesNotContain("\tat ");
  }

  @Test
  void everyFaultOfTheConfigurationIsListedAtOnce() throws IOException {
    Path config = directory.resolve("hrp.yaml");
    Files.writeString(
        config,
        """
        kafka:
          bootstrap-server: 127.0.0.1:9
        peers:
          west:
            durabilty: sync-wal
            generation: first
        """);

    Result result = run("status", "--config", config.toString());

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .contains("kafka.bootstrap-server")
        .contains("bootstrap-servers")
        .contains("peers.west.durabilty")
        .contains("peers.west.generation")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "topic list", "table list", "peer list", "table pause orders"})
  void anUnreachableBrokerIsToldInOneLineWithinSeconds(String line) throws IOException {
    Path config = directory.resolve("hrp.yaml");
    Files.writeString(
        config,
        """
        kafka:
          bootstrap-servers: %s
        peers:
          west:
            hbase:
              hbase.zookeeper.quorum: 127.0.0.1
        """
            .formatted(NOBODY));

    long begin = System.nanoTime();
    Result result = run((line + " --config " + config).split(" "));
    Duration took = Duration.ofNanos(System.nanoTime() - begin);

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(took).isLessThan(Duration.ofSeconds(15));
    assertThat(lines(result)).hasSize(1);
    assertThat(lines(result).get(0)).startsWith("hrp: ").contains(NOBODY);
  }

  @Test
  void aTableOrPeerNobodyKnowsIsRefusedByName() {
    TestTable table = scene.table();

    Result unknownTable = steering.run("table", "pause", "no_such_table");
    Result unknownPeer = steering.run("table", "pause", table.id().toString(), "--peer", "nowhere");
    Result unknownFamily =
        steering.run("table", "disable", table.id().toString(), "--peer", "nowhere", "--yes");

    assertThat(unknownTable.exitCode()).isEqualTo(2);
    assertThat(lines(unknownTable)).hasSize(1);
    assertThat(unknownTable.err()).contains("no_such_table");
    assertThat(unknownPeer.exitCode()).isEqualTo(2);
    assertThat(lines(unknownPeer)).hasSize(1);
    assertThat(unknownPeer.err()).contains("nowhere");
    assertThat(unknownFamily.exitCode()).isEqualTo(2);
  }

  @Test
  void aDisableWithoutYesShowsItsPlanAndChangesNothing() {
    TestTable table = scene.table();
    long before = scene.control().state().controlOffset();

    Result result =
        steering.run("table", "disable", table.id().toString(), "--peer", scene.west().name());

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.err()).contains("--yes");
    assertThat(scene.control().state().controlOffset()).isEqualTo(before);
  }

  private Result run(String... arguments) {
    return new HrpCommand(directory).run(TIMEOUT, arguments);
  }

  private static List<String> lines(Result result) {
    return result.err().lines().filter(line -> !line.isBlank()).toList();
  }
}
