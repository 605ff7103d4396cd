package io.hrp.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.RunState;
import io.hrp.control.Scope;
import io.hrp.it.env.Comparison;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Load;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.ops.sandbox.DaemonProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator's pause: nothing is applied, nothing is lost, whatever happens to the daemon. */
final class PauseIT {
  private static final Duration DRAIN = Duration.ofMinutes(1);

  /** What DESIGN promises for operators' changes, with room for a busy machine. */
  private static final Duration TAKEN_UP = Duration.ofSeconds(10);

  @RegisterExtension final Scene scene = new Scene();

  @Test
  void aPausedPeerTakesNothingAcrossARestartAndEverythingAfterwards() {
    TestTable table = scene.table();
    Peer east = scene.east();
    Peer west = scene.west();
    DaemonProcess daemon = scene.daemon(DaemonPlan.of("d1", east, west));
    scene.publish(table, Load.Plan.of(1, 500));
    scene.awaitDrained(west, table, DRAIN);

    pause(Scope.ofPeer(west.name()), west, table);
    Comparison before = scene.compare(west, table);
    scene.publish(table, Load.Plan.of(2, 500));
    scene.awaitDrained(east, table, DRAIN);
    restart(daemon, west, table);
    scene.publish(table, Load.Plan.of(3, 500));
    scene.awaitDrained(east, table, DRAIN);

    assertHeld(west, table, before);
    resume(Scope.ofPeer(west.name()), west, table);
    assertThat(scene.compare(east, table)).isEqualTo(scene.everythingAcknowledged(table));
  }

  @Test
  void aTablePausedOnOnePeerHoldsBackNoOtherTable() {
    TestTable paused = scene.table();
    TestTable flowing = scene.table();
    Peer east = scene.east();
    Peer west = scene.west();
    DaemonProcess daemon = scene.daemon(DaemonPlan.of("d1", east, west));
    scene.publish(paused, Load.Plan.of(4, 500));
    scene.awaitDrained(west, paused, DRAIN);

    Scope scope = Scope.of(west.name(), paused.id());
    pause(scope, west, paused);
    Comparison before = scene.compare(west, paused);
    scene.publish(paused, Load.Plan.of(5, 500));
    restart(daemon, west, paused);
    scene.publish(flowing, Load.Plan.of(6, 500));
    scene.awaitDrained(east, paused, DRAIN);
    scene.awaitDrained(east, flowing, DRAIN);
    scene.awaitDrained(west, flowing, DRAIN);

    assertHeld(west, paused, before);
    resume(scope, west, paused);
    assertThat(scene.compare(west, flowing)).isEqualTo(scene.everythingAcknowledged(flowing));
  }

  private void pause(Scope scope, Peer peer, TestTable table) {
    scene.control().pause(scope);
    scene.awaitStatus(
        peer, table, TAKEN_UP, status -> status.condition().state() == RunState.PAUSED);
  }

  private void restart(DaemonProcess daemon, Peer peer, TestTable table) {
    daemon.kill9();
    daemon.start();
    scene.awaitStatus(peer, table, DRAIN, status -> status.condition().state() == RunState.PAUSED);
  }

  private void assertHeld(Peer peer, TestTable table, Comparison before) {
    assertThat(before.missing()).isZero();
    Comparison now = scene.compare(peer, table);
    assertThat(now.cells() - now.missing()).isEqualTo(before.cells());
    assertThat(now.extra()).isZero();
    assertThat(scene.lag(peer, table)).isPositive();
  }

  private void resume(Scope scope, Peer peer, TestTable table) {
    scene.control().resume(scope);
    scene.awaitDrained(peer, table, DRAIN);
    assertThat(scene.compare(peer, table)).isEqualTo(scene.everythingAcknowledged(table));
  }
}
