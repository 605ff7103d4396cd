package io.hrp.it.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.it.env.Cluster;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Ledger;
import io.hrp.it.env.Peer;
import io.hrp.it.env.RandomMutations;
import io.hrp.it.env.Scene;
import io.hrp.it.env.Scrape;
import io.hrp.it.env.TestTable;
import io.hrp.ops.sandbox.DaemonProcess;
import io.hrp.producer.api.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.hbase.client.RegionInfo;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * G2: mutations of one row are first applied in the order in which they were published, on every
 * peer, whatever happens to the regions, the region servers and the daemon meanwhile.
 */
final class FirstApplicationOrderIT {
  private static final int PER_SECOND = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension final Scene scene = new Scene();

  @Test
  void rowsAreFirstAppliedInTheOrderOfPublishingWhileRegionsMoveServersRestartAndTheDaemonDies() {
    TestTable table = scene.table();
    DaemonPlan plan = DaemonPlan.of("daemon", scene.east(), scene.west());
    DaemonProcess daemon = scene.daemon(plan);
    long seed = System.nanoTime();

    List<Receipt> receipts;
    try (HotRowWriters writers =
        HotRowWriters.start(
            seed, List.of(scene.publisher(), scene.publisher()), table, PER_SECOND)) {
      untilRetried(daemon, scene.east(), () -> reopenRegions(scene.east().cluster(), table));
      splitRegion(scene.west().cluster(), table);
      untilRetried(daemon, scene.west(), () -> restart(scene.west().cluster()));
      daemon.kill9();
      daemon.start();
      untilRetried(daemon, scene.west(), () -> reopenRegions(scene.west().cluster(), table));
      receipts = writers.stop();
    }
    Ledger ledger = scene.ledger(table);
    receipts.forEach(ledger::acknowledged);
    scene.bothPeers().forEach(peer -> scene.awaitDrained(peer, table, PATIENCE));

    List<PublishedMutation> published =
        receipts.stream().map(receipt -> PublishedMutation.of(receipt, table.families())).toList();
    assertThat(published).hasSizeGreaterThan(10 * PER_SECOND / 4);
    for (Peer peer : scene.bothPeers()) {
      List<WalEdit> edits = WriteAheadLogs.of(scene.servers(), peer.cluster()).edits(table.name());
      FirstApplications found = FirstApplications.of(published, edits);
      System.err.println(peer.name() + ": " + found);
      assertThat(found)
          .isEqualTo(
              new FirstApplications(
                  HotRowWriters.ROWS,
                  published.size(),
                  published.size(),
                  found.repeated(),
                  List.of()));
      assertThat(scene.compare(peer, table)).isEqualTo(scene.everythingAcknowledged(table));
    }
  }

  /** Does it again and again until the daemon had to send something to the peer once more. */
  private static void untilRetried(DaemonProcess daemon, Peer peer, Runnable fault) {
    double before = failures(daemon, peer);
    await("retries on " + peer.name())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              fault.run();
              return failures(daemon, peer) > before;
            });
  }

  private static double failures(DaemonProcess daemon, Peer peer) {
    return Scrape.of(daemon)
        .sum("hrp_consumer_apply_failures_total", "peer=\"" + peer.name() + "\"");
  }

  /** Takes every region of the table away for a moment, one after the other. */
  private static void reopenRegions(Cluster cluster, TestTable table) {
    cluster.admin(
        admin -> {
          for (RegionInfo region : admin.getRegions(table.name())) {
            admin.unassign(region.getRegionName());
            admin.assign(region.getRegionName());
          }
        });
  }

  private static void restart(Cluster cluster) {
    cluster.process().kill9();
    cluster.process().start();
  }

  /** Splits one region that holds hot rows and waits for its daughters. */
  private static void splitRegion(Cluster cluster, TestTable table) {
    cluster.admin(
        admin -> {
          int before = admin.getRegions(table.name()).size();
          List<byte[]> rows =
              IntStream.range(0, HotRowWriters.ROWS)
                  .mapToObj(RandomMutations::row)
                  .sorted(Bytes.BYTES_COMPARATOR)
                  .toList();
          admin.split(table.name(), rows.get(rows.size() / 2));
          await("the split")
              .atMost(PATIENCE)
              .until(() -> admin.getRegions(table.name()).size() > before);
        });
  }
}
