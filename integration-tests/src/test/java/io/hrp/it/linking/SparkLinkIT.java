package io.hrp.it.linking;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.Comparison;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hbase.Cell;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A Spark job of somebody else's, on two executor processes, with the shaded artifact: first as it
 * always was, writing to HBase, then with one line or one setting changed.
 */
@Tag("long")
final class SparkLinkIT {
  private static final long TIMESTAMP = 1_700_000_000_000L;
  private static final long MUTATIONS = 4_400;
  private static final Duration DRAIN = Duration.ofMinutes(1);

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SparkCluster spark;

  @RegisterExtension final Scene scene = new Scene();

  @BeforeAll
  static void startSpark() {
    spark = SparkCluster.start(LinkedProject.build("spark-job"));
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void aJobWithOneLineOrOneSettingChangedLeavesTheCellsOfADirectWrite() {
    TestTable direct = scene.table();
    TestTable line = scene.table();
    TestTable setting = scene.table();
    TestTable helper = scene.table();
    TestTable killed = scene.table();

    List<String> output =
        spark.run(
            "unspeculative",
            settings(),
            step("stock", direct, TIMESTAMP, "none"),
            step("line", line, TIMESTAMP, "none"),
            step("setting", setting, TIMESTAMP, "none"),
            step("helper", helper, TIMESTAMP, "none"),
            step("job-policy", killed, 0, "halt"));

    assertThat(output)
        .contains(
            "step " + step("stock", direct, TIMESTAMP, "none") + ": ok",
            "step " + step("line", line, TIMESTAMP, "none") + ": ok",
            "step " + step("setting", setting, TIMESTAMP, "none") + ": ok",
            "step " + step("helper", helper, TIMESTAMP, "none") + ": ok mutations=4400 cells=8400",
            "step " + step("job-policy", killed, 0, "halt") + ": ok");
    List<Cell> expected = RawCells.of(scene.east().cluster(), direct.name());
    assertThat(expected).hasSize(8_400);
    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));
    for (TestTable table : List.of(line, setting, helper)) {
      assertThat(records(table)).isEqualTo(MUTATIONS);
      assertBothPeersHold(expected, table);
    }
    // The executor died with half a task published; the second attempt published all of it again.
    assertThat(records(killed)).isGreaterThan(MUTATIONS);
    assertBothPeersHoldAtOneTime(expected, killed);
  }

  @Test
  void speculativeAttemptsLeaveTheCellsOfOneUnderTheTimestampOfTheJob() {
    TestTable direct = scene.table();
    TestTable refused = scene.table();
    TestTable speculated = scene.table();
    Map<String, String> settings = settings();
    settings.put("spark.speculation", "true");
    settings.put("spark.speculation.interval", "100ms");
    settings.put("spark.speculation.multiplier", "1.5");
    settings.put("spark.speculation.quantile", "0.5");
    settings.put("spark.speculation.minTaskRuntime", "2s");

    List<String> output =
        spark.run(
            "speculative",
            settings,
            step("stock", direct, TIMESTAMP, "none"),
            step("line", refused, TIMESTAMP, "none"),
            step("job-policy", speculated, 0, "sleep"));

    assertThat(output)
        .contains(
            "step " + step("stock", direct, TIMESTAMP, "none") + ": ok",
            "step " + step("job-policy", speculated, 0, "sleep") + ": ok")
        .anyMatch(
            text ->
                text.startsWith("step " + step("line", refused, TIMESTAMP, "none") + ": failed")
                    && text.contains("spark.speculation is on"));
    assertThat(records(refused)).isZero();
    assertThat(records(speculated)).isGreaterThan(MUTATIONS);
    List<Cell> expected = RawCells.of(scene.east().cluster(), direct.name());
    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));
    assertBothPeersHoldAtOneTime(expected, speculated);
  }

  private void assertBothPeersHold(List<Cell> expected, TestTable table) {
    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, DRAIN);
      assertThat(Comparison.of(expected, peer.cluster(), table.name()))
          .as(table.id() + " on " + peer.name())
          .isEqualTo(Comparison.equal(expected.size()));
    }
  }

  private void assertBothPeersHoldAtOneTime(List<Cell> expected, TestTable table) {
    scene.awaitDrained(scene.east(), table, DRAIN);
    var timestamps = RawCells.timestamps(RawCells.of(scene.east().cluster(), table.name()));
    assertThat(timestamps).hasSize(1);
    assertBothPeersHold(RawCells.at(timestamps.iterator().next(), expected), table);
  }

  private long records(TestTable table) {
    return scene.broker().endOffsets(TopicNames.dataTopic(table.id())).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    scene
        .east()
        .cluster()
        .clientSettings()
        .forEach((key, value) -> settings.put("spark.hadoop." + key, value));
    settings.put(
        "spark.hadoop.hrp.producer.kafka.bootstrap.servers", scene.broker().bootstrapServers());
    return settings;
  }

  private static String step(String output, TestTable table, long timestamp, String trouble) {
    return String.join(
        ",", output, table.name().getNameAsString(), Long.toString(timestamp), trouble);
  }
}
