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
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.client.Put;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * HBase's LoadTestTool, which writes through {@code Table} and knows of each key what its cells
 * must hold. It casts its connection to HBase's private {@code ClusterConnection}.
 */
final class LoadTestToolIT {
  private static final String TOOL = "org.apache.hadoop.hbase.util.LoadTestTool";
  private static final Duration DRAIN = Duration.ofMinutes(1);
  private static final int KEYS = 100;

  @RegisterExtension final Scene scene = new Scene();

  private final ToolRuns runs =
      new ToolRuns(scene.servers().sandbox().directory().resolve("tools"));

  @Test
  @Tag("long")
  void whatItWritesThroughHrpItVerifiesOnBothPeersWithoutHrp() {
    TestTable table = published();
    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));

    ToolRuns.Result written =
        run(
            through().with(ToolSettings.PUBLISH_ONLY, table.name().getNameAsString()),
            table,
            "-write",
            "2:20:2");

    assertThat(written.exitCode()).as(written.output()).isZero();
    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, DRAIN);
      ToolRuns.Result read = verify(peer, table);
      assertThat(read.exitCode()).as(peer.name() + ": " + read.output()).isZero();
    }
    List<Cell> east = RawCells.of(scene.east().cluster(), table.name()).cells();
    assertThat(westAgainstEast(table)).isEqualTo(Comparison.equal(east.size()));
    // That the tool would have noticed.
    spoil(scene.west(), table, east.get(0));
    assertThat(verify(scene.west(), table).exitCode()).isNotZero();
  }

  @Test
  @Tag("long")
  void inDualModeItReadsItsOwnWritesAndThePeerHoldsThemToTheBit() {
    TestTable table = published();
    scene.daemon(DaemonPlan.of("d1", scene.west()));

    ToolRuns.Result run =
        run(
            through().with(ToolSettings.DUAL, table.name().getNameAsString()),
            table,
            "-write",
            "2:20:2",
            "-multiput",
            "-read",
            "100:1");

    assertThat(run.exitCode()).as(run.output()).isZero();
    List<Cell> direct = RawCells.of(scene.east().cluster(), table.name()).cells();
    assertThat(direct).hasSizeGreaterThan(KEYS * 3);
    scene.awaitDrained(scene.west(), table, DRAIN);
    assertThat(westAgainstEast(table)).isEqualTo(Comparison.equal(direct.size()));
  }

  /** Increments, appends and conditional mutations of rows that it has just written. */
  @Test
  @Tag("long")
  void whatItsUpdatesLeaveOnTheLocalClusterStandsOnThePeerToTheBit() {
    TestTable table = published();
    scene.daemon(DaemonPlan.of("d1", scene.west()));

    ToolRuns.Result run =
        run(
            through()
                .with(ToolSettings.DUAL, table.name().getNameAsString())
                .with("hrp.producer.dual.check-and-mutate", "best-effort"),
            table,
            "-write",
            "2:20:2",
            "-update",
            "60:2",
            "-read",
            "100:1");

    assertThat(run.exitCode()).as(run.output()).isZero();
    List<Cell> direct = RawCells.of(scene.east().cluster(), table.name()).cells();
    assertThat(direct).hasSizeGreaterThan(KEYS * 5);
    scene.awaitDrained(scene.west(), table, DRAIN);
    assertThat(westAgainstEast(table)).isEqualTo(Comparison.equal(direct.size()));
    ToolRuns.Result read = verify(scene.west(), table);
    assertThat(read.exitCode()).as(read.output()).isZero();
  }

  private TestTable published() {
    TestTable table = scene.newTable(Retention.EVERYTHING, "test_cf");
    scene.createOnBoth(table);
    scene.declare(table);
    return table;
  }

  /** The bridge stands in HBase's package, where its cast finds what it looks for. */
  private ToolSettings through() {
    return ToolSettings.through(scene.broker(), scene.east().cluster())
        .with(ToolSettings.CONNECTION_KEY, ToolSettings.BRIDGE);
  }

  private Comparison westAgainstEast(TestTable table) {
    return Comparison.of(
        RawCells.of(scene.east().cluster(), table.name()).cells(),
        scene.west().cluster(),
        table.name());
  }

  /** The tool computes the right value from row, column and length. */
  private static void spoil(Peer peer, TestTable table, Cell cell) {
    peer.cluster()
        .write(
            table.name(),
            List.of(
                new Put(CellUtil.cloneRow(cell))
                    .addColumn(
                        CellUtil.cloneFamily(cell),
                        CellUtil.cloneQualifier(cell),
                        cell.getTimestamp() + 1,
                        new byte[16])));
  }

  private ToolRuns.Result verify(Peer peer, TestTable table) {
    return run(ToolSettings.direct(peer.cluster()), table, "-read", "100:2");
  }

  private ToolRuns.Result run(ToolSettings settings, TestTable table, String... workload) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-tn",
                table.name().getNameAsString(),
                "-families",
                "test_cf",
                "-skip_init",
                "-num_keys",
                Integer.toString(KEYS)));
    arguments.addAll(List.of(workload));
    return runs.run(ToolClassPath.HBASE_TOOLS, settings, TOOL, arguments);
  }
}
