package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.control.RunState;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Load;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.Scrape;
import io.hrp.it.env.TestTable;
import io.hrp.ops.sandbox.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a daemon does when it is configured wrongly, or when what it needs is not there. */
final class DaemonMisuseIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Nobody listens on the port of "discard" on a test machine. */
  private static final String NOBODY = "127.0.0.1:9";

  @RegisterExtension final Scene scene = new Scene();

  private final Reports reports = new Reports(scene);

  @Test
  void everyFaultOfTheConfigurationIsListedAtOnceAndTheDaemonDoesNotStart() throws IOException {
    DaemonProcess daemon =
        daemonWith(
            """
            kafka:
              bootstrap-servers: 127.0.0.1:9
              topic-replicas: 3
            consumer:
              apply:
                batch-max-row: 100
                calls-in-flight: many
              retry.max-delay-ms: 1
            peers:
              east:
                hbase:
                  hbase.client.retries.number: 5
            producer:
              linger-ms: 5
            """);

    daemon.launch();

    assertThat(daemon.awaitExit(Duration.ofSeconds(30))).isEqualTo(3);
    String log = Files.readString(daemon.logFile());
    assertThat(log)
        .contains("kafka.topic-replicas")
        .contains("topic-replication")
        .contains("consumer.apply.batch-max-row")
        .contains("batch-max-rows")
        .contains("consumer.apply.calls-in-flight")
        .contains("consumer.retry.max-delay-ms")
        .contains("hbase.client.retries.number")
        .contains("producer");
    assertThat(stackTrace(log)).isEmpty();
  }

  @Test
  void aMissingConfigurationIsSaidWithItsName() throws IOException {
    DaemonProcess missing =
        scene
            .servers()
            .sandbox()
            .daemon("misuse-missing", DaemonProcess.Spec.of(Path.of("/nowhere/hrp.yaml"), 1));

    missing.launch();

    assertThat(missing.awaitExit(Duration.ofSeconds(30))).isEqualTo(3);
    String log = Files.readString(missing.logFile());
    assertThat(log).contains("/nowhere/hrp.yaml");
    assertThat(stackTrace(log)).isEmpty();
  }

  @Test
  void aBrokerOutOfReachAtTheStartIsTriedForTheConfiguredTime() throws IOException {
    Duration tried = Duration.ofSeconds(4);
    DaemonProcess daemon =
        daemonWith(
            """
            kafka:
              bootstrap-servers: %s
            consumer:
              start-timeout-ms: %d
              admin.port: 0
            peers:
              east.hbase.hbase.zookeeper.quorum: 127.0.0.1
            """
                .formatted(NOBODY, tried.toMillis()));
    long begin = System.nanoTime();

    daemon.launch();

    assertThat(daemon.awaitExit(Duration.ofSeconds(40))).isEqualTo(4);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(tried, tried.plusSeconds(20));
    String log = Files.readString(daemon.logFile());
    assertThat(log).contains(NOBODY);
    assertThat(stackTrace(log)).isEmpty();
  }

  @Test
  void aBrokerLostLaterIsWaitedForAndNothingIsLost() {
    TestTable table = scene.table();
    DaemonProcess daemon =
        scene.daemon(
            DaemonPlan.of("daemon", scene.east(), scene.west()).with("start-timeout-ms", 6_000));
    Load load = scene.load(scene.publisher(), table, Load.Plan.steady(System.nanoTime(), 200));
    await().atMost(PATIENCE).until(() -> load.acknowledged() > 200);

    scene.broker().process().kill9();
    await().pollDelay(Duration.ofSeconds(8)).until(() -> true);
    assertThat(daemon.isAlive()).isTrue();
    assertThat(daemon.httpStatus("/healthz")).isEqualTo(200);
    long before = load.acknowledged();
    scene.broker().process().start();
    await().atMost(PATIENCE).until(() -> load.acknowledged() > before + 200);
    load.stop();

    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, PATIENCE);
      assertThat(scene.compare(peer, table)).isEqualTo(scene.everythingAcknowledged(table));
    }
    assertThat(Scrape.of(daemon).sum("hrp_consumer_faults_total")).isZero();
  }

  @Test
  @Tag("long")
  void aPeerOutOfReachWhenTheDaemonStartsHoldsUpItsOwnPartitionsAlone() {
    TestTable table = scene.table();
    scene.west().cluster().process().kill9();
    DaemonProcess daemon = scene.newDaemon(DaemonPlan.of("daemon", scene.east(), scene.west()));

    daemon.launch();
    scene.publish(table, Load.Plan.of(System.nanoTime(), 500));
    scene.awaitDrained(scene.east(), table, PATIENCE);

    assertThat(scene.compare(scene.east(), table)).isEqualTo(scene.everythingAcknowledged(table));
    assertThat(scene.lag(scene.west(), table)).isEqualTo(500);
    await("said to be waiting")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(reports.of(scene.west(), table))
                    .isNotEmpty()
                    .allMatch(one -> one.condition().state() == RunState.WAITING)
                    .noneMatch(one -> one.condition().reason().isEmpty()));
    await("ready without it").atMost(PATIENCE).until(() -> daemon.httpStatus("/readyz") == 200);
    assertThat(daemon.isAlive()).isTrue();
    scene.west().cluster().process().start();
    scene.awaitDrained(scene.west(), table, PATIENCE);
    assertThat(scene.compare(scene.west(), table)).isEqualTo(scene.everythingAcknowledged(table));
  }

  private DaemonProcess daemonWith(String yaml) throws IOException {
    Path directory = scene.servers().sandbox().directory().resolve("misuse");
    Files.createDirectories(directory);
    Path config = Files.createTempFile(directory, "hrp-", ".yaml");
    Files.writeString(config, yaml);
    String name = config.getFileName().toString().replace(".yaml", "");
    return scene.servers().sandbox().daemon(name, DaemonProcess.Spec.of(config, 1));
  }

  /** The lines of a log that a person would not want to see for a fault of their own. */
  private static List<String> stackTrace(String log) {
    return log.lines().filter(line -> line.startsWith("\tat ")).toList();
  }
}
