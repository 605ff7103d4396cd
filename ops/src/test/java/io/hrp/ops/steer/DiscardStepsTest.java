package io.hrp.ops.steer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.hrp.control.ControlChange;
import io.hrp.control.ControlRefusedException;
import io.hrp.control.ControlUnavailableException;
import io.hrp.control.DiscardInterval;
import io.hrp.control.Scope;
import io.hrp.control.TopicOffsets;
import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.testing.FakeClusters;
import io.hrp.ops.testing.FakeDaemon;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscardStepsTest {
  private static final TableId ORDERS = TableId.parse("orders");
  private static final Scope TABLE = Scope.ofTable(ORDERS);
  private static final Scope EAST = Scope.of("east", ORDERS);
  private static final Scope FAMILY = TABLE.family("cf");
  private static final Operator ANN = new Operator("ann", "", Operator.Mode.APPLY);

  private final FakeClusters clusters = new FakeClusters();
  private final DiscardSteps steps = new DiscardSteps(clusters.ports(), ANN);

  @BeforeEach
  void publishSomething() {
    clusters.addTopic(ORDERS, 2);
    clusters.publish(ORDERS, 0, 10);
    clusters.publish(ORDERS, 1, 5);
    clusters.answerTables(FakeClusters.present("east", "cf", "x"));
  }

  private DiscardInterval interval(Scope scope) {
    return clusters.state().intervalsAt(scope).get(0);
  }

  private static TopicOffsets ends(long first, long second) {
    return TopicOffsets.of("id-orders", Map.of(0, first, 1, second));
  }

  @Test
  void discardsExactlyWhatIsPublishedBetweenDisableAndEnable() {
    clusters.startDaemon("d1");

    steps.disable(TABLE);
    clusters.publish(ORDERS, 1, 7);
    Outcome outcome = steps.enable(TABLE);
    clusters.publish(ORDERS, 0, 3);

    assertThat(outcome.daemons()).containsExactly("d1 (h, pid 7)");
    assertThat(interval(TABLE).from()).isEqualTo(ends(10, 5));
    assertThat(interval(TABLE).to()).hasValue(ends(10, 12));
    assertThat(clusters.state().holds()).isEmpty();
  }

  /** Offsets read before every daemon stands still would cut records already being applied. */
  @Test
  void readsTheEndsOnlyAfterEveryDaemonHasTakenUpTheHold() {
    FakeDaemon slow = clusters.startDaemon("slow");
    slow.mood(FakeDaemon.Mood.STUBBORN);
    int[] waits = {0};
    clusters.onWait(
        () -> {
          assertThat(clusters.state().intervalsAt(TABLE)).isEmpty();
          clusters.publish(ORDERS, 0, 1);
          if (++waits[0] == 5) {
            assertThat(clusters.state().holdAt(TABLE)).isPresent();
            slow.mood(FakeDaemon.Mood.OBEDIENT);
            clusters.onWait(() -> {});
          }
        });

    steps.disable(TABLE);

    assertThat(interval(TABLE).from()).isEqualTo(ends(15, 5));
  }

  @Test
  void changesNothingIfALiveDaemonDoesNotConfirm() {
    clusters.startDaemon("d1");
    clusters.startDaemon("d2").mood(FakeDaemon.Mood.STUBBORN);

    Outcome outcome = steps.disable(TABLE);

    assertThat(outcome.changes()).isEmpty();
    assertThat(outcome.unconfirmed()).containsExactly("d2 (h, pid 7)");
    assertThat(clusters.state().holds()).isEmpty();
    assertThat(clusters.state().intervalsAt(TABLE)).isEmpty();
  }

  @Test
  void aSecondDisableIsNoChangeAndANewOneAfterAnEnableIsASecondInterval() {
    steps.disable(TABLE);
    assertThat(steps.disable(TABLE).changes()).isEmpty();
    steps.enable(TABLE);
    assertThat(steps.enable(TABLE).changes()).isEmpty();

    steps.disable(TABLE);

    assertThat(clusters.state().intervalsAt(TABLE))
        .extracting(DiscardInterval::number, DiscardInterval::isOpen)
        .containsExactly(tuple(1, false), tuple(2, true));
  }

  @Test
  void anotherCommandsHoldIsRespectedForAMinuteThenTakenOver() {
    clusters
        .control()
        .update("bob", "", state -> List.of(ControlChange.hold(TABLE, "bobs", "enable it")));

    assertThatThrownBy(() -> steps.disable(TABLE))
        .isInstanceOf(ControlRefusedException.class)
        .hasMessageContaining("under way (enable it by bob");

    clusters.pass(Duration.ofSeconds(61));
    steps.disable(TABLE);

    assertThat(interval(TABLE).isOpen()).isTrue();
    assertThat(clusters.state().holds()).isEmpty();
  }

  @Test
  void enablingLiftsTheHoldThatABrokenOffDisableHasLeft() {
    clusters
        .control()
        .update("bob", "", state -> List.of(ControlChange.hold(TABLE, "bobs", "disable it")));

    assertThatThrownBy(() -> steps.enable(TABLE)).isInstanceOf(ControlRefusedException.class);
    clusters.pass(Duration.ofSeconds(61));
    Outcome outcome = steps.enable(TABLE);

    assertThat(outcome.changes()).hasSize(1);
    assertThat(clusters.state().holds()).isEmpty();
    assertThat(clusters.state().intervalsAt(TABLE)).isEmpty();
  }

  @Test
  void givesUpIfItsHoldWasTakenForAbandonedMeanwhile() {
    FakeDaemon slow = clusters.startDaemon("slow");
    slow.mood(FakeDaemon.Mood.STUBBORN);
    clusters.onWait(
        () -> {
          clusters
              .control()
              .update("bob", "", state -> List.of(ControlChange.hold(TABLE, "bobs", "x")));
          clusters.onWait(() -> {});
          slow.mood(FakeDaemon.Mood.OBEDIENT);
        });

    assertThatThrownBy(() -> steps.disable(TABLE))
        .isInstanceOf(ControlRefusedException.class)
        .hasMessageContaining("lifted by somebody else");
    assertThat(clusters.state().intervalsAt(TABLE)).isEmpty();
    assertThat(clusters.state().holdAt(TABLE).orElseThrow().id()).isEqualTo("bobs");
  }

  @Test
  void saysThatAHoldStaysIfKafkaIsLostInBetween() {
    clusters.startDaemon("d1").mood(FakeDaemon.Mood.STUBBORN);
    clusters.onWait(() -> clusters.control().setReachable(false));

    Outcome outcome = steps.disable(TABLE);

    assertThat(outcome.unconfirmed()).containsExactly("d1 (h, pid 7)");
    assertThat(outcome.notes()).anyMatch(note -> note.contains("could not be lifted"));
  }

  /** The commit was acknowledged to nobody, but it is there: asking again must not cut twice. */
  @Test
  void aCutThatWasWrittenThoughItSeemedToFailIsNotRepeatedByItsRetry() {
    int[] calls = {0};
    SteeringPorts ports =
        clusters.ports(
            (who, why, decide) -> {
              long offset = clusters.control().update(who, why, decide);
              if (++calls[0] == 2) {
                throw new ControlUnavailableException("timed out", null);
              }
              return offset;
            });

    assertThatThrownBy(() -> new DiscardSteps(ports, ANN).disable(TABLE))
        .isInstanceOf(ControlUnavailableException.class);
    Outcome again = steps.disable(TABLE);

    assertThat(again.changes()).isEmpty();
    assertThat(clusters.state().intervalsAt(TABLE)).hasSize(1);
    assertThat(clusters.state().holds()).isEmpty();
  }

  @Test
  void enablingWhatOnlyAWiderDisableHoldsIsRefused() {
    steps.disable(TABLE);

    assertThatThrownBy(() -> steps.enable(EAST.family("cf")))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining("table 'orders' on all peers is");
  }

  @Test
  void anUnknownFamilyIsAUsageErrorThatListsWhatExists() {
    assertThatThrownBy(() -> steps.disable(TABLE.family("cg")))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage("no family of table 'orders' 'cg'; did you mean 'cf'? (families: cf, x)");
  }

  @Test
  void aFamilyIsTakenOnTrustWhereNoPeerCanBeAsked() {
    clusters.answerTables(PeerTable.unknown("east", "down"));

    Outcome outcome = steps.disable(FAMILY);

    assertThat(outcome.changes()).hasSize(1);
    assertThat(outcome.notes()).anyMatch(note -> note.startsWith("no peer could be asked"));
  }

  @Test
  void thePlanCountsWhatIsDiscardedSoFarAndWhatIsStillApplied() {
    clusters.commit("east", ORDERS, Map.of(0, 4L, 1, 5L));

    DiscardPlan before = steps.plan(TABLE);
    steps.disable(TABLE);
    clusters.publish(ORDERS, 0, 8);
    DiscardPlan after = steps.plan(TABLE);

    assertThat(before.alreadyDisabled()).isFalse();
    assertThat(before.records()).isZero();
    assertThat(before.backlog()).containsEntry("east", 6L).containsEntry("west", -1L);
    assertThat(after.alreadyDisabled()).isTrue();
    assertThat(after.records()).isEqualTo(8);
    assertThat(steps.plan(EAST).backlog()).containsOnlyKeys("east");
  }

  @Test
  void aDryRunWritesNothing() {
    Outcome outcome =
        new DiscardSteps(clusters.ports(), new Operator("ann", "", Operator.Mode.DRY_RUN))
            .disable(TABLE);

    assertThat(outcome.changes()).hasSize(1);
    assertThat(clusters.state().controlOffset()).isEqualTo(-1);
  }
}
