package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.control.RunState;
import io.hrp.control.Scope;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Load;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.Scrape;
import io.hrp.it.env.TestTable;
import io.hrp.ops.sandbox.DaemonProcess;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** G6: what an operator decides holds within seconds, outlives the daemon, and loses nothing. */
final class PauseCommandIT {
  private static final int PER_SECOND = 200;
  private static final int ROUNDS = 8;
  private static final Duration PROMISED = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than what is in flight takes to come back and be committed. */
  private static final Duration SETTLED = Duration.ofSeconds(3);

  @RegisterExtension final Scene scene = new Scene();

  private final Reports reports = new Reports(scene);
  private final Steering steering = new Steering(scene);

  @Test
  @Tag("long")
  void aPausedTableStandsStillOnOnePeerOutlivesTheDaemonAndLosesNothing() {
    TestTable table = scene.table();
    DaemonProcess daemon = scene.daemon(DaemonPlan.of("daemon", scene.east(), scene.west()));
    Load load =
        scene.load(scene.publisher(), table, Load.Plan.steady(System.nanoTime(), PER_SECOND));
    awaitApplied(daemon, scene.west(), 1);

    steer("pause", table);
    reports.awaitTable(scene.west(), table, RunState.PAUSED, "operator");
    await().pollDelay(SETTLED).until(() -> true);
    Map<Integer, OffsetAndMetadata> standstill = committed(scene.west(), table);
    long eastern = reached(scene.east(), table);
    daemon.kill9();
    daemon.start();
    reports.awaitTable(scene.west(), table, RunState.PAUSED, "operator");
    await().pollDelay(SETTLED).until(() -> true);

    assertThat(scene.lag(scene.west(), table)).isGreaterThan(PER_SECOND);
    await("the other peer going on")
        .atMost(PATIENCE)
        .until(() -> reached(scene.east(), table) > eastern + PER_SECOND);
    assertThat(committed(scene.west(), table)).isEqualTo(standstill);
    steer("resume", table);
    reports.awaitTable(scene.west(), table, RunState.RUNNING, "");
    load.stop();
    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, PATIENCE);
      assertThat(scene.compare(peer, table)).isEqualTo(scene.everythingAcknowledged(table));
    }
  }

  private void steer(String verb, TestTable table) {
    steering.succeed("table", verb, table.id().toString(), "--peer", scene.west().name());
  }

  @Test
  @Tag("long")
  void aPausedPeerStandsStillWithAllItsTablesWhileTheOtherGoesOn() {
    TestTable table = scene.table();
    TestTable second = scene.table();
    scene.daemon(DaemonPlan.of("daemon", scene.east(), scene.west()));

    steering.succeed("peer", "pause", scene.west().name());
    scene.publish(table, Load.Plan.of(System.nanoTime(), 300));
    scene.publish(second, Load.Plan.of(System.nanoTime(), 300));
    scene.awaitDrained(scene.east(), table, PATIENCE);
    scene.awaitDrained(scene.east(), second, PATIENCE);

    assertThat(scene.lag(scene.west(), table)).isEqualTo(300);
    assertThat(scene.lag(scene.west(), second)).isEqualTo(300);
    assertThat(scene.compare(scene.west(), table).missing())
        .isEqualTo(scene.ledger(table).cells().size());
    steering.succeed("peer", "resume", scene.west().name());
    for (TestTable one : List.of(table, second)) {
      scene.awaitDrained(scene.west(), one, PATIENCE);
      assertThat(scene.compare(scene.west(), one)).isEqualTo(scene.everythingAcknowledged(one));
    }
  }

  @Test
  void aChangeReachesARunningDaemonWithinTwoSeconds() {
    TestTable table = scene.table();
    DaemonProcess daemon = scene.daemon(DaemonPlan.of("daemon", scene.east(), scene.west()));
    Load load =
        scene.load(scene.publisher(), table, Load.Plan.steady(System.nanoTime(), PER_SECOND));
    Scope scope = Scope.of(scene.west().name(), table.id());
    awaitApplied(daemon, scene.west(), 1);

    for (int round = 0; round < 3; round++) {
      long paused = scene.control().pause(scope);
      awaitTakenUp(daemon, paused);
      double applied = awaitStandstill(daemon);
      long resumed = scene.control().resume(scope);
      awaitTakenUp(daemon, resumed);
      await("applying again")
          .atMost(PROMISED)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> applied(daemon, scene.west()) > applied);
    }

    load.stop();
    scene.awaitDrained(scene.west(), table, PATIENCE);
    assertThat(scene.compare(scene.west(), table)).isEqualTo(scene.everythingAcknowledged(table));
  }

  @Test
  void aDaemonTellsWhatItHasTakenUpWithoutWaitingForItsNextReport() {
    TestTable table = scene.table();
    scene.daemon(
        DaemonPlan.of("daemon", scene.east(), scene.west()).with("status.interval-ms", 2_000));
    Scope scope = Scope.of(scene.west().name(), table.id());
    reports.awaitTable(scene.west(), table, RunState.RUNNING, "");

    long waited = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long written = round % 2 == 0 ? scene.control().pause(scope) : scene.control().resume(scope);
      long begin = System.nanoTime();
      await("control offset " + written + " told")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> isTold(written));
      waited += System.nanoTime() - begin;
    }

    // By reports at intervals alone it would be more than half an interval each.
    assertThat(Duration.ofNanos(waited)).isLessThan(Duration.ofMillis(ROUNDS * 800));
  }

  private boolean isTold(long controlOffset) {
    return scene.control().liveDaemons().stream()
        .filter(daemon -> daemon.peer(scene.west().name()).isPresent())
        .anyMatch(daemon -> daemon.controlOffset() >= controlOffset);
  }

  private static void awaitTakenUp(DaemonProcess daemon, long controlOffset) {
    await("control offset " + controlOffset + " taken up")
        .atMost(PROMISED)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Scrape.of(daemon).sum("hrp_consumer_control_offset") >= controlOffset);
  }

  /** Waits until a second passes in which the western peer gets nothing. */
  private double awaitStandstill(DaemonProcess daemon) {
    double[] last = {-1};
    await("standstill")
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              double before = last[0];
              last[0] = applied(daemon, scene.west());
              return last[0] == before;
            });
    return last[0];
  }

  private static void awaitApplied(DaemonProcess daemon, Peer peer, long count) {
    await("applied on " + peer.name()).atMost(PATIENCE).until(() -> applied(daemon, peer) >= count);
  }

  private static double applied(DaemonProcess daemon, Peer peer) {
    return Scrape.of(daemon)
        .sum(
            "hrp_consumer_mutations_applied_total",
            "peer=\"" + peer.name() + "\"",
            "outcome=\"applied\"");
  }

  private Map<Integer, OffsetAndMetadata> committed(Peer peer, TestTable table) {
    return scene.broker().committed(peer.group(), TopicNames.dataTopic(table.id()));
  }

  private long reached(Peer peer, TestTable table) {
    return committed(peer, table).values().stream().mapToLong(OffsetAndMetadata::offset).sum();
  }
}
