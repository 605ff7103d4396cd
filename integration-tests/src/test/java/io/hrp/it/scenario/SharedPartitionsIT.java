package io.hrp.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.control.TableStatus;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Load;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.ops.sandbox.DaemonProcess;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two daemons of the same peers. */
final class SharedPartitionsIT {
  private static final Duration DRAIN = Duration.ofMinutes(1);

  @RegisterExtension final Scene scene = new Scene();

  @Test
  void theSurvivorTakesOverWhatTheKilledDaemonHadAndNothingIsLost() throws InterruptedException {
    TestTable table = scene.table();
    DaemonProcess first = scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));
    scene.daemon(DaemonPlan.of("d2", scene.east(), scene.west()));
    Load load = scene.load(scene.publisher(), table, Load.Plan.steady(77, 400));
    Commits commits = new Commits(table);
    scene.bothPeers().forEach(peer -> awaitOwners(peer, table, 2));
    commits.watchFor(Duration.ofSeconds(2));

    first.kill9();
    scene.bothPeers().forEach(peer -> awaitOwners(peer, table, 1));
    commits.watchFor(Duration.ofSeconds(2));
    first.start();
    scene.bothPeers().forEach(peer -> awaitOwners(peer, table, 2));
    commits.watchFor(Duration.ofSeconds(2));
    load.stop();

    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, DRAIN);
      assertThat(scene.compare(peer, table)).isEqualTo(scene.everythingAcknowledged(table));
    }
    assertThat(commits.wentBack()).isEmpty();
  }

  /** Waits until that many live daemons share the table's partitions, each owned once. */
  private void awaitOwners(Peer peer, TestTable table, int owners) {
    await(owners + " owners of " + table.id() + " on " + peer.name())
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> {
              List<TableStatus> reports = scene.statusOf(peer, table);
              assertThat(reports).hasSize(owners);
              assertThat(reports.stream().flatMap(report -> report.assigned().stream()))
                  .containsExactlyInAnyOrder(0, 1, 2, 3);
            });
  }

  /** Follows the committed offsets of both peers. */
  private final class Commits {
    private final TestTable table;
    private final Map<String, Long> last = new HashMap<>();
    private final List<String> wentBack = new ArrayList<>();

    Commits(TestTable table) {
      this.table = table;
    }

    void watchFor(Duration length) throws InterruptedException {
      String topic = TopicNames.dataTopic(table.id());
      for (long end = System.nanoTime() + length.toNanos(); System.nanoTime() < end; ) {
        for (Peer peer : scene.bothPeers()) {
          scene
              .broker()
              .committed(peer.group(), topic)
              .forEach((partition, offset) -> see(peer.name() + "/" + partition, offset));
        }
        Thread.sleep(200);
      }
    }

    private void see(String place, OffsetAndMetadata offset) {
      Long before = last.put(place, offset.offset());
      if (before != null && before > offset.offset()) {
        wentBack.add(place + " from " + before + " to " + offset.offset());
      }
    }

    List<String> wentBack() {
      return wentBack;
    }
  }
}
