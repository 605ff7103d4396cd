package io.hrp.ops.steer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.Condition;
import io.hrp.control.ControlChange;
import io.hrp.control.OutcomeCounts;
import io.hrp.control.PeerStatus;
import io.hrp.control.RunState;
import io.hrp.control.Scope;
import io.hrp.control.TableStatus;
import io.hrp.control.TopicOffsets;
import io.hrp.ops.steer.StatusView.TableRow;
import io.hrp.ops.testing.FakeClusters;
import io.hrp.ops.testing.FakeDaemon;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OverviewTest {
  private static final TableId ORDERS = TableId.parse("orders");
  private static final SortedSet<String> EAST = new TreeSet<>(List.of("east"));
  private static final SortedSet<TableId> TABLES = new TreeSet<>(List.of(ORDERS));

  private final FakeClusters clusters = new FakeClusters();

  private StatusView view() {
    return new Overview(clusters.state(), clusters.status().latest(), clusters.now())
        .view(EAST, TABLES, name -> 42);
  }

  private TableRow row() {
    assertThat(view().tables()).hasSize(1);
    return view().tables().get(0);
  }

  private void change(ControlChange... changes) {
    clusters.control().update("ann", "why", state -> List.of(changes));
  }

  private FakeDaemon daemon(String id, Condition peer, TableStatus... tables) {
    FakeDaemon daemon = clusters.startDaemon(id);
    daemon.peers(List.of(PeerStatus.of("east", peer, List.of(tables))));
    clusters.pass(Duration.ZERO);
    return daemon;
  }

  private static TableStatus.Builder table(Condition condition, int... partitions) {
    List<Integer> assigned = new ArrayList<>();
    for (int partition : partitions) {
      assigned.add(partition);
    }
    return TableStatus.of(ORDERS, condition).assigned(assigned).lagRecords(0);
  }

  private static Condition running() {
    return Condition.of(RunState.RUNNING);
  }

  @Test
  void addsUpWhatDaemonsReportAndShowsTheWorstState() {
    Instant now = clusters.now();
    Instant since = now.minusSeconds(90);
    change(ControlChange.declarePartitions(ORDERS, 3));
    daemon(
        "d1",
        running(),
        table(running(), 0, 1)
            .lagRecords(5)
            .oldestUnapplied(now.minusSeconds(2))
            .appliedPerSecond(10)
            .totals(OutcomeCounts.of(100, 1, 2, 3))
            .build());
    daemon(
        "d2",
        running(),
        table(Condition.of(RunState.PARKED, "table-missing", "no such table", since), 2)
            .lagRecords(7)
            .oldestUnapplied(now.minusSeconds(90))
            .totals(OutcomeCounts.of(1, 0, 0, 0))
            .build());

    assertThat(row())
        .isEqualTo(
            new TableRow(
                "east",
                "orders",
                "parked",
                "table-missing",
                "no such table",
                since.toString(),
                12L,
                90.0,
                10.0,
                101,
                1,
                2,
                3,
                3,
                3));
    assertThat(view().daemons()).extracting(StatusView.DaemonRow::live).containsExactly(true, true);
  }

  @Test
  void withoutALiveDaemonItTakesTheLagFromCommittedOffsets() {
    daemon("d1", running(), table(running(), 0).build()).mood(FakeDaemon.Mood.DEAD);
    clusters.pass(Duration.ofSeconds(30));

    assertThat(row().state()).isEqualTo("no-daemon");
    assertThat(row().lagRecords()).isEqualTo(42);
  }

  @Test
  void showsWhoDisabledATableOrSomeFamilies() {
    daemon("d1", running(), table(running(), 0).build());
    Scope family = Scope.of("east", ORDERS).family("cf");
    change(ControlChange.startDiscarding(family, 1, TopicOffsets.ofNoTopic()));

    assertThat(row().state()).isEqualTo("running");
    assertThat(row().detail()).isEqualTo("disabled families: cf");

    change(ControlChange.startDiscarding(Scope.ofTable(ORDERS), 1, TopicOffsets.ofNoTopic()));

    assertThat(row().state()).isEqualTo("disabled");
    assertThat(row().detail()).contains("table 'orders' on all peers disabled by ann");
  }

  @Test
  void showsAPauseAlsoWithoutADaemon() {
    change(ControlChange.pause(Scope.ofPeer("east")));

    assertThat(row().state()).isEqualTo("paused");
    assertThat(row().reason()).isEqualTo("operator");
  }
}
