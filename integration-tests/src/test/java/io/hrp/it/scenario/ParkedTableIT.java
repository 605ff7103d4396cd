package io.hrp.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.RunState;
import io.hrp.control.TableStatus;
import io.hrp.it.env.Cluster;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Load;
import io.hrp.it.env.Peer;
import io.hrp.it.env.RandomMutations.Mix;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.it.env.TestTable.Retention;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A table that one peer cannot take waits there, alone, until somebody mends the peer. */
final class ParkedTableIT {
  private static final Duration DRAIN = Duration.ofMinutes(1);
  private static final long MUTATIONS = 1_000;

  @RegisterExtension final Scene scene = new Scene();

  @Test
  void aTableMissingOnOnePeerParksThereAndResumesOnceItIsCreated() {
    TestTable table = scene.newTable(Retention.EVERYTHING, "a", "b");
    Cluster west = scene.west().cluster();
    scene.createOn(scene.east().cluster(), table);
    scene.declare(table);

    parksOnWestUntil(table, "table-missing", () -> scene.createOn(west, table));
  }

  @Test
  void aTableDisabledOnOnePeerParksThereAndResumesOnceItIsEnabled() {
    TestTable table = scene.table();
    Cluster west = scene.west().cluster();
    west.admin(admin -> admin.disableTable(table.name()));

    parksOnWestUntil(
        table, "table-disabled", () -> west.admin(admin -> admin.enableTable(table.name())));
  }

  @Test
  void aFamilyMissingOnOnePeerParksTheTableAndResumesOnceItIsAdded() {
    TestTable table = scene.newTable(Retention.EVERYTHING, "a", "b");
    Cluster west = scene.west().cluster();
    scene.createOn(scene.east().cluster(), table);
    west.createTable(table.descriptor(List.of("a")), List.of());
    scene.declare(table);

    parksOnWestUntil(
        table,
        "family-missing",
        () -> west.admin(admin -> admin.addColumnFamily(table.name(), table.familyDescriptor("b"))),
        Mix.NO_ROW_DELETES);
  }

  private void parksOnWestUntil(TestTable table, String reason, Runnable mending) {
    parksOnWestUntil(table, reason, mending, Mix.EVERYTHING);
  }

  private void parksOnWestUntil(TestTable table, String reason, Runnable mending, Mix mix) {
    TestTable other = scene.table();
    Peer east = scene.east();
    Peer west = scene.west();
    scene.daemon(DaemonPlan.of("d1", east, west));
    scene.publish(table, Load.Plan.of(4_711, MUTATIONS).with(mix));

    TableStatus parked =
        scene.awaitStatus(
            west, table, DRAIN, status -> status.condition().state() == RunState.PARKED);
    scene.publish(other, Load.Plan.of(4_712, MUTATIONS));
    scene.awaitDrained(east, table, DRAIN);
    scene.awaitDrained(east, other, DRAIN);
    scene.awaitDrained(west, other, DRAIN);
    assertThat(parked.condition().reason() + " " + parked.condition().detail()).contains(reason);
    assertThat(scene.lag(west, table)).isPositive();

    mending.run();

    scene.awaitDrained(west, table, DRAIN);
    for (Peer peer : scene.bothPeers()) {
      assertThat(scene.compare(peer, table)).isEqualTo(scene.everythingAcknowledged(table));
      assertThat(scene.compare(peer, other)).isEqualTo(scene.everythingAcknowledged(other));
    }
    assertThat(scene.deadLetters(table)).isEmpty();
    scene.awaitStatus(
        west,
        table,
        Duration.ofSeconds(10),
        status -> status.condition().state() == RunState.RUNNING);
  }
}
