package io.hrp.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.Comparison;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.it.env.TestTable.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hbase.Cell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * HBase's PerformanceEvaluation, which writes through {@code BufferedMutator} and {@code Table}.
 */
final class PerformanceEvaluationIT {
  private static final String TOOL = "org.apache.hadoop.hbase.PerformanceEvaluation";
  private static final Duration DRAIN = Duration.ofMinutes(1);
  private static final int CLIENTS = 2;
  private static final int ROWS_PER_CLIENT = 200;
  private static final int FAMILIES = 2;
  private static final int COLUMNS = 3;
  private static final int CELLS = CLIENTS * ROWS_PER_CLIENT * FAMILIES * COLUMNS;

  @RegisterExtension final Scene scene = new Scene();

  private final ToolRuns runs =
      new ToolRuns(scene.servers().sandbox().directory().resolve("tools"));

  @Test
  void sequentialWriteGivesBothPeersTheRowsThatItWritesWithoutHrp() {
    TestTable reference = scene.newTable(Retention.EVERYTHING, "info0", "info1");
    scene.createOn(scene.east().cluster(), reference);
    run(ToolSettings.direct(scene.east().cluster()), "sequentialWrite", reference);
    TestTable table = published();
    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));

    run(
        ToolSettings.through(scene.broker(), scene.east().cluster())
            .with(ToolSettings.PUBLISH_ONLY, table.name().getNameAsString()),
        "sequentialWrite",
        table);

    List<String> expected =
        RawCells.of(scene.east().cluster(), reference.name()).withoutTimestampsAndValues();
    assertThat(expected).hasSize(CELLS);
    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, DRAIN);
      assertThat(RawCells.of(peer.cluster(), table.name()).withoutTimestampsAndValues())
          .as(peer.name())
          .isEqualTo(expected);
    }
    assertThat(westAgainstEast(table)).isEqualTo(Comparison.equal(expected.size()));
  }

  /** It draws rows and values at random, so its own direct write is the reference: dual mode. */
  @Test
  @Tag("long")
  void randomWriteGivesThePeersTheCellsOfItsOwnDirectWriteToTheBit() {
    TestTable table = published();
    scene.daemon(DaemonPlan.of("d1", scene.west()));

    ToolSettings settings =
        ToolSettings.through(scene.broker(), scene.east().cluster())
            .with(ToolSettings.ASYNC_CONNECTION_KEY, ToolSettings.ASYNC_CONNECTION)
            .with(ToolSettings.DUAL, table.name().getNameAsString());
    // With these options Table.put of a list, where the default is a BufferedMutator.
    run(settings, "randomWrite", table, "--autoFlush=true", "--multiPut=20");
    run(settings, "asyncRandomWrite", table);

    List<Cell> direct = RawCells.of(scene.east().cluster(), table.name()).cells();
    // Rows drawn twice have two versions: stamps of one row never meet, as a server's might. The
    // asynchronous command of this HBase gives each of its puts to the table twice.
    assertThat(direct).hasSize(3 * CELLS);
    scene.awaitDrained(scene.west(), table, DRAIN);
    assertThat(westAgainstEast(table)).isEqualTo(Comparison.equal(direct.size()));
    // The local cluster's daemon applies the same records once more, which changes nothing.
    scene.daemon(DaemonPlan.of("d2", scene.east()));
    scene.awaitDrained(scene.east(), table, DRAIN);
    assertThat(Comparison.of(direct, scene.east().cluster(), table.name()))
        .isEqualTo(Comparison.equal(direct.size()));
  }

  private TestTable published() {
    TestTable table = scene.newTable(Retention.EVERYTHING, "info0", "info1");
    scene.createOnBoth(table);
    scene.declare(table);
    return table;
  }

  private Comparison westAgainstEast(TestTable table) {
    return Comparison.of(
        RawCells.of(scene.east().cluster(), table.name()).cells(),
        scene.west().cluster(),
        table.name());
  }

  private void run(ToolSettings settings, String command, TestTable table, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--nomapred",
                "--rows=" + ROWS_PER_CLIENT,
                "--families=" + FAMILIES,
                "--columns=" + COLUMNS,
                "--valueSize=20",
                "--table=" + table.name()));
    arguments.addAll(List.of(options));
    arguments.add(command);
    arguments.add(Integer.toString(CLIENTS));
    ToolRuns.Result result = runs.run(ToolClassPath.HBASE_TOOLS, settings, TOOL, arguments);
    assertThat(result.exitCode()).as(result.output()).isZero();
  }
}
