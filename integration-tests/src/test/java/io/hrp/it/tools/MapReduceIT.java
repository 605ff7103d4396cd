package io.hrp.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.Comparison;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.it.env.TestTable.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.hbase.Cell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** MapReduce jobs that write HBase with classes of HBase alone. */
final class MapReduceIT {
  private static final Duration DRAIN = Duration.ofMinutes(1);

  @RegisterExtension final Scene scene = new Scene();

  private final ToolRuns runs =
      new ToolRuns(scene.servers().sandbox().directory().resolve("tools"));

  @Test
  @Tag("long")
  void importTsvGivesBothPeersToTheBitWhatItWritesWithoutHrp() {
    // Timestamps from the file, one for each line; rows that repeat get further versions.
    Path input =
        runs.input(
            "lines.tsv",
            IntStream.range(0, 600)
                .mapToObj(i -> "row" + i % 500 + "\t" + (1_700_000_000_000L + i) + "\tx" + i + "\t")
                .toList());
    TestTable reference = scene.newTable(Retention.EVERYTHING, "a", "b");
    scene.createOn(scene.east().cluster(), reference);
    importTsv(ToolSettings.direct(scene.east().cluster()), reference, input);
    TestTable table = scene.table();
    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));

    importTsv(through(table), table, input);

    List<Cell> expected = RawCells.of(scene.east().cluster(), reference.name()).cells();
    assertThat(expected).hasSize(1_200);
    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, DRAIN);
      assertThat(Comparison.of(expected, peer.cluster(), table.name()))
          .as(peer.name())
          .isEqualTo(Comparison.equal(expected.size()));
    }
  }

  @Test
  @Tag("long")
  void aJobGivesBothPeersWhatItWritesWithoutHrpBySettingsAloneByOneLineOrFromSpark() {
    Path input = orders();
    TestTable reference = scene.newTable(Retention.EVERYTHING, "a", "b");
    scene.createOn(scene.east().cluster(), reference);
    importOrders(ToolSettings.direct(scene.east().cluster()), reference, input);
    TestTable bySettings = scene.table();
    TestTable byOneLine = scene.table();
    TestTable fromSpark = scene.table();
    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));

    importOrders(through(bySettings), bySettings, input);
    // The output format asks no HBase for anything, so none is in reach.
    run(
        ToolSettings.withoutCluster(scene.broker()).with("hrp.producer.timestamp.policy", "job"),
        "com.example.orders.PublishOrders",
        List.of(input.toString(), byOneLine.name().getNameAsString()));

    ToolRuns.Result spark =
        runs.run(
            ToolClassPath.SPARK,
            ToolSettings.withoutCluster(scene.broker()),
            "com.example.orders.SparkOrders",
            List.of(input.toString(), fromSpark.name().getNameAsString()));
    assertThat(spark.exitCode()).as(spark.output()).isZero();
    assertThat(spark.output()).contains("mutations=660 cells=1200");

    List<String> expected =
        RawCells.of(scene.east().cluster(), reference.name()).withoutTimestamps();
    assertThat(expected).hasSize(600 * 2 + 60 * 2);
    for (Peer peer : scene.bothPeers()) {
      for (TestTable table : List.of(bySettings, byOneLine, fromSpark)) {
        scene.awaitDrained(peer, table, DRAIN);
        assertThat(RawCells.of(peer.cluster(), table.name()).withoutTimestamps())
            .as(peer.name() + " " + table.id())
            .isEqualTo(expected);
      }
    }
    assertThat(RawCells.of(scene.west().cluster(), byOneLine.name()).cells())
        .extracting(Cell::getTimestamp)
        .as("the job's one timestamp")
        .hasSize(expected.size())
        .containsOnly(
            RawCells.of(scene.east().cluster(), byOneLine.name()).cells().get(0).getTimestamp());
  }

  /** 600 orders; every tenth is cancelled in the end, which deletes its row. */
  private Path orders() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      lines.add(String.format("order-%06d,new,%d", i, i * 100));
    }
    for (int i = 0; i < 600; i += 10) {
      lines.add(String.format("order-%06d,cancelled,", i));
    }
    return runs.input("orders.csv", lines);
  }

  private ToolSettings through(TestTable table) {
    return ToolSettings.through(scene.broker(), scene.east().cluster())
        .with(ToolSettings.PUBLISH_ONLY, table.name().getNameAsString());
  }

  private void importTsv(ToolSettings settings, TestTable table, Path input) {
    run(
        settings,
        "org.apache.hadoop.hbase.mapreduce.ImportTsv",
        List.of(
            "-Dimporttsv.columns=HBASE_ROW_KEY,HBASE_TS_KEY,a:q,b:q",
            table.name().getNameAsString(),
            input.toString()));
  }

  private void importOrders(ToolSettings settings, TestTable table, Path input) {
    run(
        settings,
        "com.example.orders.ImportOrders",
        List.of(input.toString(), table.name().getNameAsString()));
  }

  private void run(ToolSettings settings, String mainClass, List<String> arguments) {
    ToolRuns.Result result = runs.run(ToolClassPath.MAPREDUCE, settings, mainClass, arguments);
    assertThat(result.exitCode()).as(result.output()).isZero();
  }
}
