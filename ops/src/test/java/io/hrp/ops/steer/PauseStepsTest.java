package io.hrp.ops.steer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.control.Scope;
import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.testing.FakeClusters;
import io.hrp.ops.testing.FakeDaemon;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PauseStepsTest {
  private static final TableId ORDERS = TableId.parse("orders");
  private static final Scope EVERYWHERE = Scope.ofTable(ORDERS);
  private static final Scope EAST = Scope.of("east", ORDERS);

  private final FakeClusters clusters = new FakeClusters();
  private final PauseSteps steps = steps(Operator.Mode.APPLY);

  private PauseSteps steps(Operator.Mode mode) {
    return new PauseSteps(clusters.ports(), new Operator("ann@ops", "maintenance", mode));
  }

  @Test
  void returnsWhenEveryLiveDaemonHasTakenThePauseUp() {
    FakeDaemon d1 = clusters.startDaemon("d1");
    FakeDaemon d2 = clusters.startDaemon("d2");

    Outcome outcome = steps.pause(EAST);

    assertThat(outcome.changes()).containsExactly("pause table 'orders' on peer 'east'");
    assertThat(outcome.daemons()).containsExactly("d1 (h, pid 7)", "d2 (h, pid 7)");
    assertThat(outcome.unconfirmed()).isEmpty();
    assertThat(d1.takenUp()).isEqualTo(outcome.controlOffset());
    assertThat(d2.takenUp()).isEqualTo(outcome.controlOffset());
    assertThat(clusters.state().pauseAt(EAST).orElseThrow().note().why()).isEqualTo("maintenance");
  }

  @Test
  void namesTheDaemonThatDoesNotTakeItUpInTime() {
    clusters.startDaemon("d1");
    clusters.startDaemon("d2").mood(FakeDaemon.Mood.STUBBORN);
    Instant before = clusters.now();

    Outcome outcome = steps.pause(EAST);

    assertThat(outcome.daemons()).containsExactly("d1 (h, pid 7)");
    assertThat(outcome.unconfirmed()).containsExactly("d2 (h, pid 7)");
    assertThat(Duration.between(before, clusters.now())).isEqualTo(Duration.ofSeconds(20));
    assertThat(clusters.state().pauseAt(EAST)).isPresent();
  }

  @Test
  void doesNotWaitForADaemonThatFellSilentStoppedOrIsLongGone() {
    clusters.startDaemon("long-gone").mood(FakeDaemon.Mood.DEAD);
    clusters.pass(Duration.ofSeconds(61));
    clusters.startDaemon("stopped").stop(clusters.now());
    clusters.startDaemon("silent").mood(FakeDaemon.Mood.DEAD);
    clusters.startDaemon("d1");
    Instant before = clusters.now();

    Outcome outcome = steps.pause(EAST);

    assertThat(outcome.daemons()).containsExactly("d1 (h, pid 7)");
    assertThat(outcome.unconfirmed()).isEmpty();
    assertThat(Duration.between(before, clusters.now())).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void pausingAgainKeepsTheFirstPause() {
    steps.pause(EAST);
    long offset = clusters.state().controlOffset();

    Outcome again = steps.pause(EAST);

    assertThat(again.changes()).isEmpty();
    assertThat(again.notes().get(0))
        .startsWith("table 'orders' on peer 'east' is paused already by ann@ops");
    assertThat(clusters.state().controlOffset()).isEqualTo(offset);
  }

  @Test
  void resumingOneScopeTellsOfThePausesThatStay() {
    steps.pause(EVERYWHERE);
    steps.pause(EAST);
    steps.pause(Scope.ofPeer("west"));

    Outcome outcome = steps.resume(EVERYWHERE);

    assertThat(outcome.changes()).containsExactly("resume table 'orders' on all peers");
    assertThat(outcome.notes())
        .hasSize(2)
        .anySatisfy(
            note -> assertThat(note).contains("still paused: table 'orders' on peer 'east'"))
        .anySatisfy(note -> assertThat(note).contains("still paused: peer 'west'"));
    assertThat(clusters.state().pauseOf("east", ORDERS)).isPresent();
  }

  @Test
  void resumingWhatOnlyAWiderPauseHoldsIsRefused() {
    steps.pause(EVERYWHERE);

    assertThatThrownBy(() -> steps.resume(EAST))
        .isInstanceOfSatisfying(
            CommandException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.REFUSED);
              assertThat(e).hasMessageContaining("table 'orders' on all peers is paused");
            });
  }

  @Test
  void aDryRunSaysWhatItWouldDoAndDoesNothing() {
    Outcome outcome = steps(Operator.Mode.DRY_RUN).pause(EAST);

    assertThat(outcome.dryRun()).isTrue();
    assertThat(outcome.changes()).containsExactly("pause table 'orders' on peer 'east'");
    assertThat(clusters.state().controlOffset()).isEqualTo(-1);
  }
}
