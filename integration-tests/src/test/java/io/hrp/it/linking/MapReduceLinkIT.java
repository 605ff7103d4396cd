package io.hrp.it.linking;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hbase.Cell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A MapReduce job of somebody else's, on a small YARN, with the shaded artifact. */
@Tag("long")
final class MapReduceLinkIT {
  private static final int ORDERS = 3_000;

  @RegisterExtension final Scene scene = new Scene();

  @Test
  void aTaskThatDiesInItsMiddleLeavesTheCellsOfADirectWrite() {
    LinkedProject project = LinkedProject.build("mapreduce-job");
    TestTable direct = scene.table();
    TestTable refused = scene.table();
    TestTable killed = scene.table();
    String stock = step("stock", direct, 1_700_000_000_000L, "none");
    String speculating = step("line", refused, 1_700_000_000_000L, "none");
    String halted = step("job-policy", killed, 0, "halt");

    ChildProgram program =
        project.java("orders", jvmArgs(), "shop.OrdersJob", List.of(stock, speculating, halted));
    program.awaitExit(Duration.ofMinutes(4));

    assertThat(program.output())
        .contains("step " + stock + ": ok acknowledged=0")
        // MapReduce speculates unless it is told not to.
        .anyMatch(
            line ->
                line.startsWith("step " + speculating + ": failed")
                    && line.contains("set mapreduce.map.speculative=false"))
        // The counter is that of the attempts that succeeded.
        .contains("step " + halted + ": ok acknowledged=" + ORDERS);
    List<Cell> expected = RawCells.of(scene.east().cluster(), direct.name());
    assertThat(expected).hasSize(ORDERS);
    assertThat(Outcome.of(scene, killed).records()).isGreaterThan(ORDERS);
    assertThat(Outcome.of(scene, refused).records()).isZero();
    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));
    Outcome.of(scene, killed).assertBothPeersHoldAtOneTime(expected);
  }

  private List<String> jvmArgs() {
    List<String> jvmArgs =
        new ArrayList<>(
            List.of(
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // Hadoop's own services fail without.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dhrp.producer.kafka.bootstrap.servers=" + scene.broker().bootstrapServers()));
    scene
        .east()
        .cluster()
        .clientSettings()
        .forEach((key, value) -> jvmArgs.add("-D" + key + "=" + value));
    return jvmArgs;
  }

  private static String step(String output, TestTable table, long timestamp, String trouble) {
    return String.join(
        ",", output, table.name().getNameAsString(), Long.toString(timestamp), trouble);
  }
}
