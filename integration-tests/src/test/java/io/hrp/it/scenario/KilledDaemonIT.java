package io.hrp.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.it.env.Comparison;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Load;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.ops.sandbox.DaemonProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.hbase.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A daemon that is killed again and again. */
final class KilledDaemonIT {
  private static final int KILLS = 10;
  private static final int MAX_ATTEMPTS = 25;

  @RegisterExtension final Scene scene = new Scene();

  @Test
  void tenKillsUnderLoadLoseNothingAndChangeNothing() throws InterruptedException {
    long seed = System.nanoTime();
    System.err.println("seed of the kills " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    TestTable table = scene.table();
    DaemonProcess daemon = scene.newDaemon(DaemonPlan.of("d1", scene.east(), scene.west()));
    Load load = scene.load(scene.publisher(), table, Load.Plan.steady(seed, 200));
    List<String> kills = new ArrayList<>();

    for (int i = 0; i < MAX_ATTEMPTS && kills.size() < KILLS; i++) {
      long appliedAtStart = applied(table, scene.ledger(table).cells());
      daemon.start();
      // Every other kill strikes while partitions are still being taken over.
      if (i % 2 == 0) {
        awaitMoreThan(appliedAtStart, table);
      }
      Thread.sleep(random.nextInt(600));
      List<Cell> acknowledged = scene.ledger(table).cells();
      daemon.kill9();
      long applied = applied(table, acknowledged);
      long unapplied = 2L * acknowledged.size() - applied;
      // Only a kill between the acknowledgement of a record and its application proves anything.
      if (unapplied > 0) {
        kills.add((applied - appliedAtStart) + " cells applied, " + unapplied + " to go");
      }
    }
    daemon.start();
    load.stop();

    System.err.println("kills: " + kills);
    assertThat(kills).hasSize(KILLS);
    assertThat(kills).filteredOn(kill -> !kill.startsWith("0 ")).hasSizeGreaterThan(KILLS / 2 - 1);
    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, Duration.ofMinutes(1));
      assertThat(scene.compare(peer, table)).isEqualTo(scene.everythingAcknowledged(table));
    }
  }

  /** How many of the cells both peers hold, counted on each. */
  private long applied(TestTable table, List<Cell> expected) {
    return scene.bothPeers().stream()
        .map(peer -> Comparison.of(expected, peer.cluster(), table.name()))
        .mapToLong(comparison -> comparison.cells() - comparison.missing())
        .sum();
  }

  private void awaitMoreThan(long applied, TestTable table) {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(300))
        .until(() -> applied(table, scene.ledger(table).cells()) > applied);
  }
}
