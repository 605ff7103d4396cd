package io.hrp.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.it.env.TestTable.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The programs of docs/producer.md that are no jobs; {@link MapReduceIT} runs those. */
final class DocumentedProgramsIT {
  private static final Duration DRAIN = Duration.ofMinutes(1);
  private static final int ORDERS = 1_000;

  @RegisterExtension final Scene scene = new Scene();

  private final ToolRuns runs =
      new ToolRuns(scene.servers().sandbox().directory().resolve("tools"));

  @Test
  @Tag("long")
  void bothServicesGiveBothPeersWhatTheyWroteWithNoHBaseInReach() {
    TestTable reference = scene.newTable(Retention.EVERYTHING, "a", "b");
    scene.createOn(scene.east().cluster(), reference);
    TestTable byHBasesApi = scene.table();
    TestTable byPublisher = scene.table();
    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));
    ToolSettings publishing =
        ToolSettings.withoutCluster(scene.broker()).with(ToolSettings.PUBLISH_ONLY, "default:it-*");

    String table = reference.name().getNameAsString();
    run(ToolSettings.direct(scene.east().cluster()), "WriteOrders", List.of(table));
    run(publishing, "WriteOrders", List.of(byHBasesApi.name().getNameAsString()));
    run(
        publishing,
        "OrderService",
        List.of(scene.broker().bootstrapServers(), byPublisher.name().getNameAsString()));

    List<String> expected =
        RawCells.of(scene.east().cluster(), reference.name()).withoutTimestamps();
    assertThat(expected).hasSize(ORDERS * 2 + 5);
    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, byHBasesApi, DRAIN);
      scene.awaitDrained(peer, byPublisher, DRAIN);
      assertThat(RawCells.of(peer.cluster(), byHBasesApi.name()).withoutTimestamps())
          .as(peer.name())
          .isEqualTo(expected);
      assertThat(RawCells.of(peer.cluster(), byPublisher.name()).withoutTimestamps())
          .as(peer.name())
          .isEqualTo(writtenByOrderService());
    }
  }

  private static List<String> writtenByOrderService() {
    List<String> cells = new ArrayList<>();
    for (int number = 0; number < ORDERS; number++) {
      String row = String.format("order-%06d", number);
      boolean isDeleted = number == 2;
      if (isDeleted) {
        cells.add(row + "/a:/DeleteFamily=");
      }
      cells.add(row + "/a:state/Put=new");
      if (isDeleted) {
        cells.add(row + "/b:/DeleteFamily=");
      }
    }
    return cells;
  }

  private void run(ToolSettings settings, String program, List<String> arguments) {
    ToolRuns.Result result =
        runs.run(ToolClassPath.MAPREDUCE, settings, "com.example.orders." + program, arguments);
    assertThat(result.exitCode()).as(result.output()).isZero();
  }
}
