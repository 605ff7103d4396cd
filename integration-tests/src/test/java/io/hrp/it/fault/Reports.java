package io.hrp.it.fault;

import static org.awaitility.Awaitility.await;

import io.hrp.control.OutcomeCounts;
import io.hrp.control.RunState;
import io.hrp.control.TableStatus;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import java.time.Duration;
import java.util.List;

/**
 * What daemons say of a table on a peer in the status topic. Daemons whose process has gone count
 * no more, though the last report of one that was killed is young for some seconds.
 */
final class Reports {
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final Scene scene;

  Reports(Scene scene) {
    this.scene = scene;
  }

  /** What is said of a table on a peer, by each daemon that owns partitions of it. */
  List<TableStatus> of(Peer peer, TestTable table) {
    return scene.control().liveDaemons().stream()
        .filter(daemon -> runs(daemon.identity().pid()))
        .flatMap(daemon -> daemon.peer(peer.name()).stream())
        .flatMap(one -> one.table(table.id()).stream())
        .filter(status -> !status.assigned().isEmpty())
        .toList();
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** What became of a table's records on a peer, over all daemons that run. */
  OutcomeCounts totals(Peer peer, TestTable table) {
    return of(peer, table).stream()
        .map(TableStatus::totals)
        .reduce(OutcomeCounts.none(), OutcomeCounts::plus);
  }

  /** Waits until a table is said to be in a state on a peer for one reason, a fixed word. */
  void awaitTable(Peer peer, TestTable table, RunState state, String reason) {
    String wanted = state + (reason.isEmpty() ? "" : " (" + reason + ")");
    await(peer.name() + " " + table.id() + " " + wanted)
        .atMost(PATIENCE)
        .pollInterval(INTERVAL)
        .untilAsserted(
            () -> {
              List<String> said =
                  of(peer, table).stream().map(one -> one.condition().toString()).toList();
              if (!said.contains(wanted)) {
                throw new AssertionError("it is said to be " + said);
              }
            });
  }
}
