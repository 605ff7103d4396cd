package io.hrp.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.RunState;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Load;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.ops.sandbox.HBaseProcess;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One of two clusters is down while writers go on. */
final class PeerOutageIT {
  private static final int PER_SECOND = 300;

  /**
   * Records the healthy peer may be behind: what three seconds publish. Offsets are committed once
   * a second, so one second's worth is always there.
   */
  private static final long FLAT = 3L * PER_SECOND;

  private static final Duration CATCH_UP = Duration.ofMinutes(1);

  @RegisterExtension final Scene scene = new Scene();

  @Test
  void aCrashedClusterDelaysNobodyElseAndCatchesUp() throws InterruptedException {
    outage(Duration.ofSeconds(20), HBaseProcess::kill9);
  }

  @Test
  @Tag("long")
  void aClusterStoppedForAMinuteDelaysNobodyElseAndCatchesUp() throws InterruptedException {
    outage(Duration.ofMinutes(1), HBaseProcess::stop);
  }

  @Test
  @Tag("long")
  void aClusterFrozenForAMinuteDelaysNobodyElseAndCatchesUp() throws InterruptedException {
    outage(Duration.ofMinutes(1), HBaseProcess::freeze);
  }

  private void outage(Duration length, java.util.function.Consumer<HBaseProcess> fault)
      throws InterruptedException {
    TestTable table = scene.table();
    Peer east = scene.east();
    Peer west = scene.west();
    scene.daemon(DaemonPlan.of("d1", east, west));
    Load load = scene.load(scene.publisher(), table, Load.Plan.steady(42, PER_SECOND));
    for (Peer peer : scene.bothPeers()) {
      scene.awaitStatus(
          peer,
          table,
          CATCH_UP,
          status -> status.condition().state() == RunState.RUNNING && status.lagRecords() < FLAT);
    }
    long worstEastBefore = worstLagOf(east, table, Duration.ofSeconds(5));

    fault.accept(west.cluster().process());
    long worstEast = worstLagOf(east, table, length);
    long westAtReturn = scene.lag(west, table);
    scene.servers().mend();
    long returned = System.nanoTime();
    long worstEastAfterwards = worstLagOf(east, table, Duration.ofSeconds(5));
    load.stop();
    scene.awaitDrained(west, table, CATCH_UP.minusNanos(System.nanoTime() - returned));

    System.err.printf(
        "lag of the healthy peer: %d before, %d meanwhile, %d after; of the other at its return: %d%n",
        worstEastBefore, worstEast, worstEastAfterwards, westAtReturn);
    assertThat(westAtReturn).isGreaterThan(length.toSeconds() * PER_SECOND / 2);
    assertThat(worstEast).isLessThan(worstEastBefore + FLAT);
    assertThat(worstEastAfterwards).isLessThan(worstEastBefore + FLAT);
    scene.awaitDrained(east, table, Duration.ofSeconds(10));
    for (Peer peer : scene.bothPeers()) {
      assertThat(scene.compare(peer, table)).isEqualTo(scene.everythingAcknowledged(table));
    }
  }

  private long worstLagOf(Peer peer, TestTable table, Duration length) throws InterruptedException {
    long worst = 0;
    for (long end = System.nanoTime() + length.toNanos(); System.nanoTime() < end; ) {
      worst = Math.max(worst, scene.lag(peer, table));
      Thread.sleep(250);
    }
    return worst;
  }
}
