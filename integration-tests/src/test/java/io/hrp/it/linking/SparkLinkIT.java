package io.hrp.it.linking;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hbase.Cell;
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

  @RegisterExtension final Scene scene = new Scene();

  @Test
  void aJobWithOneLineOrOneSettingChangedLeavesTheCellsOfADirectWrite() {
    TestTable direct = scene.table();
    TestTable line = scene.table();
    TestTable setting = scene.table();
    TestTable helper = scene.table();
    TestTable killed = scene.table();
    TestTable refused = scene.table();
    TestTable speculated = scene.table();
    TestTable scala = scene.table();
    LinkedProject project =
        LinkedProject.build("spark-job").compileScala("shop/PublishOrders.scala");

    try (SparkCluster spark = SparkCluster.start(project)) {
      assertThat(
              spark.run(
                  "unspeculative",
                  settings(),
                  step("stock", direct, TIMESTAMP, "none"),
                  step("line", line, TIMESTAMP, "none"),
                  step("setting", setting, TIMESTAMP, "none"),
                  step("helper", helper, TIMESTAMP, "none"),
                  step("scala", scala, 0, "none"),
                  step("job-policy", killed, 0, "halt")))
          .contains(
              "step " + step("stock", direct, TIMESTAMP, "none") + ": ok",
              "step " + step("line", line, TIMESTAMP, "none") + ": ok",
              "step " + step("setting", setting, TIMESTAMP, "none") + ": ok",
              "step "
                  + step("helper", helper, TIMESTAMP, "none")
                  + ": ok mutations=4400 cells=8400",
              "step " + step("scala", scala, 0, "none") + ": ok mutations=1000",
              "step " + step("job-policy", killed, 0, "halt") + ": ok");
      assertThat(
              spark.run(
                  "speculative",
                  speculating(),
                  step("line", refused, TIMESTAMP, "none"),
                  step("job-policy", speculated, 0, "sleep")))
          .contains("step " + step("job-policy", speculated, 0, "sleep") + ": ok")
          .anyMatch(
              text ->
                  text.startsWith("step " + step("line", refused, TIMESTAMP, "none") + ": failed")
                      && text.contains("spark.speculation is on"));
    }

    List<Cell> expected = RawCells.of(scene.east().cluster(), direct.name());
    assertThat(expected).hasSize(8_400);
    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));
    for (TestTable table : List.of(line, setting, helper)) {
      assertThat(Outcome.of(scene, table).records()).isEqualTo(MUTATIONS);
      Outcome.of(scene, table).assertBothPeersHold(expected);
    }
    // An attempt died, or lost, with half a task published; another published all of it again.
    for (TestTable table : List.of(killed, speculated)) {
      assertThat(Outcome.of(scene, table).records()).isGreaterThan(MUTATIONS);
      Outcome.of(scene, table).assertBothPeersHoldAtOneTime(expected);
    }
    assertThat(Outcome.of(scene, scala).records()).isEqualTo(1_000);
    assertThat(Outcome.of(scene, refused).records()).isZero();
  }

  private Map<String, String> speculating() {
    Map<String, String> settings = settings();
    settings.put("spark.speculation", "true");
    settings.put("spark.speculation.interval", "100ms");
    settings.put("spark.speculation.multiplier", "1.5");
    settings.put("spark.speculation.quantile", "0.5");
    settings.put("spark.speculation.minTaskRuntime", "2s");
    return settings;
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
