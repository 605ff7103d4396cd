package io.hrp.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.Condition;
import io.hrp.control.ControlChange;
import io.hrp.control.PeerStatus;
import io.hrp.control.RunState;
import io.hrp.control.Scope;
import io.hrp.control.TableStatus;
import io.hrp.ops.steer.Overview;
import io.hrp.ops.testing.FakeClusters;
import io.hrp.ops.testing.FakeDaemon;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StatusCheckTest {
  private static final TableId ORDERS = TableId.parse("orders");
  private static final Condition RUNNING = Condition.of(RunState.RUNNING);

  private final FakeClusters clusters = new FakeClusters();
  private Map<TableId, Long> deadLetters = Map.of();
  private long backlog = 42;

  private Findings findings() {
    return findings(LagLimits.NONE);
  }

  private Findings findings(LagLimits limits) {
    var daemons = clusters.status().latest();
    var view =
        new Overview(clusters.state(), daemons, clusters.now())
            .view(new TreeSet<>(List.of("east")), new TreeSet<>(List.of(ORDERS)), name -> backlog);
    return StatusCheck.of(
        clusters.state(),
        daemons,
        clusters.now(),
        new StatusCheck.Seen(view.tables(), deadLetters),
        limits);
  }

  private FakeDaemon daemon(String id, Condition peer, TableStatus... tables) {
    FakeDaemon daemon = clusters.startDaemon(id);
    daemon.peers(List.of(PeerStatus.of("east", peer, List.of(tables))));
    clusters.pass(Duration.ZERO);
    return daemon;
  }

  private static TableStatus.Builder table(Condition condition) {
    return TableStatus.of(ORDERS, condition).assigned(List.of(0)).lagRecords(5);
  }

  private void change(ControlChange... changes) {
    clusters.control().update("ann", "why", state -> List.of(changes));
  }

  @Test
  void findsNothingWhereAllRuns() {
    change(ControlChange.declarePartitions(ORDERS, 1));
    daemon("d1", RUNNING, table(RUNNING).build());

    assertThat(findings()).isEqualTo(new Findings(List.of(), List.of()));
  }

  @Test
  void aDaemonThatFellSilentIsAProblemAndSoIsHavingNoOther() {
    daemon("d1", RUNNING, table(RUNNING).build()).mood(FakeDaemon.Mood.DEAD);
    clusters.pass(Duration.ofSeconds(30));

    assertThat(findings().problems())
        .containsExactly(
            "no daemon is live: nothing is applied on any peer",
            "daemon d1 (h, pid 7) has been silent for 30 s");
  }

  @Test
  void aDaemonThatStoppedInOrderIsNoCauseForConcern() {
    daemon("d1", RUNNING).stop(clusters.now());
    daemon("d2", RUNNING, table(RUNNING).build());
    clusters.pass(Duration.ofSeconds(30));

    assertThat(findings().problems()).isEmpty();
  }

  @Test
  void aParkedTableIsAProblemAtOnce() {
    var now = clusters.now();
    daemon(
        "d1",
        RUNNING,
        table(Condition.of(RunState.PARKED, "table-missing", "no such table", now)).build());

    assertThat(findings().problems())
        .containsExactly(
            "table 'orders' on peer 'east' is parked since "
                + now
                + ": table-missing, no such table");
  }

  @Test
  void waitingIsAProblemOnceItHasLastedAMinute() {
    Condition waiting =
        Condition.of(RunState.WAITING, "target-unreachable", "no ZooKeeper", clusters.now());
    daemon("d1", waiting, table(waiting).build());

    assertThat(findings().problems()).isEmpty();
    assertThat(findings().warnings())
        .containsExactly(
            "peer 'east' on daemon d1 (h, pid 7) is waiting: target-unreachable, no ZooKeeper");

    clusters.pass(Duration.ofSeconds(61));

    assertThat(findings().warnings()).isEmpty();
    assertThat(findings().problems())
        .hasSize(2)
        .anyMatch(problem -> problem.startsWith("peer 'east' on daemon d1 (h, pid 7) is waiting"))
        .anyMatch(problem -> problem.startsWith("table 'orders' on peer 'east' is waiting since"));
  }

  @Test
  void partitionsInNobodysHandsAreAProblem() {
    change(ControlChange.declarePartitions(ORDERS, 4));
    daemon("d1", RUNNING, table(RUNNING).build());

    assertThat(findings().problems())
        .containsExactly(
            "3 of 4 partitions of table 'orders' are in no live daemon's hands on peer 'east'");
  }

  @Test
  void aTableThatNoLiveDaemonWorksOnIsAProblemAlsoWithoutADeclaredCount() {
    daemon("d1", RUNNING);

    assertThat(findings().problems())
        .containsExactly("no live daemon works on table 'orders' on peer 'east'");
  }

  @Test
  void deadLettersAreAProblem() {
    daemon("d1", RUNNING, table(RUNNING).build());
    deadLetters = Map.of(ORDERS, 3L);

    assertThat(findings().problems())
        .containsExactly("3 dead letters of table 'orders' lie in its topic");
  }

  @Test
  void whatAnOperatorDecidedIsNoProblem() {
    daemon("d1", RUNNING, table(Condition.of(RunState.PAUSED)).build());
    change(ControlChange.pause(Scope.ofPeer("east")));

    assertThat(findings().problems()).isEmpty();
  }

  @Test
  void aHoldThatACommandLeftBehindIsAProblem() {
    daemon("d1", RUNNING, table(RUNNING).build());
    change(ControlChange.hold(Scope.ofTable(ORDERS), "1", "disable it"));

    assertThat(findings().problems()).isEmpty();

    clusters.pass(Duration.ofSeconds(61));

    assertThat(findings().problems())
        .singleElement()
        .asString()
        .startsWith("table 'orders' on all peers is held by ann");
  }

  @Test
  void lagAndDelayAreProblemsAboveTheirLimitsOnly() {
    var oldest = clusters.now().minusSeconds(90);
    daemon("d1", RUNNING, table(RUNNING).lagRecords(8).oldestUnapplied(oldest).build());

    assertThat(findings(limits(8, 90)).problems()).isEmpty();
    assertThat(findings(limits(7, 89)).problems())
        .containsExactly(
            "the lag of table 'orders' on peer 'east' is 8 records, above 7",
            "the delay of table 'orders' on peer 'east' is 90.0 s, above 89.0 s");
  }

  @Test
  void aLagThatNobodyKnowsIsAProblemWhereThereIsALimit() {
    backlog = -1;

    assertThat(findings(limits(7, 89)).problems())
        .contains("the lag of table 'orders' on peer 'east' is not known; the limit is 7");
  }

  private static LagLimits limits(long records, long seconds) {
    return new LagLimits(OptionalLong.of(records), Optional.of(Duration.ofSeconds(seconds)));
  }
}
