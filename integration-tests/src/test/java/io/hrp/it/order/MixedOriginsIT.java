package io.hrp.it.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.it.env.Cluster;
import io.hrp.it.env.Comparison;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Ledger;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.Scrape;
import io.hrp.it.env.TestTable;
import io.hrp.it.env.TestTable.Retention;
import io.hrp.ops.sandbox.DaemonProcess;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * G7: HRP feeds both clusters while HBase's own replication carries everything between them in both
 * directions. The clusters' logs tell how often a mutation was written where, and with which
 * origin.
 */
final class MixedOriginsIT {
  private static final int PER_ORIGIN = 200;
  private static final int ROWS = 20;
  private static final long TIMESTAMP = 1_700_000_000_000L;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** HBase ships within a second; whatever goes round would be seen again in this time. */
  private static final Duration QUIET = Duration.ofSeconds(4);

  @RegisterExtension final Scene scene = new Scene();

  /** Whose mutation it is. */
  private enum Origin {
    NOBODY,
    A_STRANGER,
    EAST,
    WEST,
    BOTH,
    /** Written to the eastern cluster past HRP, so that HBase's own replication is seen to work. */
    EASTERN_CLIENT
  }

  @Test
  @Tag("long")
  void nothingGoesRoundBetweenClustersThatAlsoReplicateToEachOther() {
    TestTable table = scene.newTable(Retention.EVERYTHING, "a", "b");
    for (Cluster cluster : scene.servers().clusters()) {
      cluster.createTable(NativeReplication.replicated(table), List.of(Bytes.toBytes("row-1")));
    }
    scene.declare(table);
    Cluster east = scene.east().cluster();
    Cluster west = scene.west().cluster();
    UUID stranger = UUID.randomUUID();
    Map<Origin, List<UUID>> ids =
        Map.of(
            Origin.NOBODY, List.of(),
            Origin.A_STRANGER, List.of(stranger),
            Origin.EAST, List.of(NativeReplication.idOf(east)),
            Origin.WEST, List.of(NativeReplication.idOf(west)),
            Origin.BOTH, List.of(NativeReplication.idOf(east), NativeReplication.idOf(west)),
            Origin.EASTERN_CLIENT, List.of());
    DaemonProcess daemon = scene.daemon(DaemonPlan.of("daemon", scene.east(), scene.west()));

    try (NativeReplication on = NativeReplication.between(east, west, table)) {
      List<Row> published = publishAll(table, ids);
      east.write(table.name(), List.copyOf(easternRows()));
      scene.bothPeers().forEach(peer -> scene.awaitDrained(peer, table, PATIENCE));

      UUID eastId = NativeReplication.idOf(east);
      UUID westId = NativeReplication.idOf(west);
      // By HRP with the ids published, and by HBase with those and the id of where it came from.
      Map<Writes, Integer> onEast =
          Map.of(
              new Writes(Origin.NOBODY, Set.of()), PER_ORIGIN,
              new Writes(Origin.NOBODY, Set.of(westId)), PER_ORIGIN,
              new Writes(Origin.A_STRANGER, Set.of(stranger)), PER_ORIGIN,
              new Writes(Origin.A_STRANGER, Set.of(stranger, westId)), PER_ORIGIN,
              new Writes(Origin.WEST, Set.of(westId)), PER_ORIGIN,
              new Writes(Origin.EASTERN_CLIENT, Set.of()), PER_ORIGIN);
      Map<Writes, Integer> onWest =
          Map.of(
              new Writes(Origin.NOBODY, Set.of()), PER_ORIGIN,
              new Writes(Origin.NOBODY, Set.of(eastId)), PER_ORIGIN,
              new Writes(Origin.A_STRANGER, Set.of(stranger)), PER_ORIGIN,
              new Writes(Origin.A_STRANGER, Set.of(stranger, eastId)), PER_ORIGIN,
              new Writes(Origin.EAST, Set.of(eastId)), PER_ORIGIN,
              new Writes(Origin.EASTERN_CLIENT, Set.of(eastId)), PER_ORIGIN);
      awaitWrites(east, table, onEast);
      awaitWrites(west, table, onWest);
      await().pollDelay(QUIET).until(() -> true);

      assertThat(writes(east, table)).isEqualTo(onEast);
      assertThat(writes(west, table)).isEqualTo(onWest);
      assertThat(on).isNotNull();
      for (Peer peer : scene.bothPeers()) {
        // Its own and those of both.
        assertThat(outcome(daemon, peer, "looped")).isEqualTo(2 * PER_ORIGIN);
        assertThat(outcome(daemon, peer, "applied")).isEqualTo(3 * PER_ORIGIN);
      }
      assertThat(published).hasSize(5 * PER_ORIGIN);
      assertThat(compare(east, table, ids, Set.of(Origin.EAST, Origin.BOTH)))
          .isEqualTo(Comparison.equal(4 * PER_ORIGIN));
      assertThat(compare(west, table, ids, Set.of(Origin.WEST, Origin.BOTH)))
          .isEqualTo(Comparison.equal(4 * PER_ORIGIN));
    }
  }

  /** Mutations of all origins in turn, so that each row and each region sees all of them. */
  private List<Row> publishAll(TestTable table, Map<Origin, List<UUID>> ids) {
    HrpPublisher publisher = scene.publisher();
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < PER_ORIGIN; i++) {
      for (Origin origin : Origin.values()) {
        if (origin != Origin.EASTERN_CLIENT) {
          Put put = put(origin, i);
          put.setClusterIds(ids.getOrDefault(origin, List.of()));
          receipts.add(publisher.publish(table.name(), put));
        }
      }
    }
    publisher.flush();
    return receipts.stream().map(CompletableFuture::join).map(Receipt::stampedMutation).toList();
  }

  private static List<Put> easternRows() {
    List<Put> rows = new ArrayList<>();
    for (int i = 0; i < PER_ORIGIN; i++) {
      rows.add(put(Origin.EASTERN_CLIENT, i));
    }
    return rows;
  }

  private static Put put(Origin origin, int number) {
    byte[] family = Bytes.toBytes(number % 2 == 0 ? "a" : "b");
    return new Put(Bytes.toBytes("row-" + number % ROWS))
        .addColumn(family, Bytes.toBytes(origin + "-" + number), TIMESTAMP, Bytes.toBytes(number));
  }

  /**
   * How mutations of one origin were written.
   *
   * @param ids that the log names as clusters it had been on
   */
  private record Writes(Origin origin, Set<UUID> ids) implements Comparable<Writes> {
    @Override
    public int compareTo(Writes other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return origin + " " + ids.stream().sorted().toList();
    }
  }

  private void awaitWrites(Cluster cluster, TestTable table, Map<Writes, Integer> expected) {
    await("writes on " + cluster.name())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> sum(writes(cluster, table)) >= sum(expected));
  }

  private static int sum(Map<Writes, Integer> writes) {
    return writes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Each mutation is one cell, so cells in the log are writes of mutations. */
  private Map<Writes, Integer> writes(Cluster cluster, TestTable table) {
    Map<Writes, Integer> writes = new HashMap<>();
    for (WalEdit edit : WriteAheadLogs.of(scene.servers(), cluster).edits(table.name())) {
      for (Cell cell : edit.cells()) {
        String qualifier = Bytes.toString(CellUtil.cloneQualifier(cell));
        Origin origin = Origin.valueOf(qualifier.substring(0, qualifier.indexOf('-')));
        writes.merge(new Writes(origin, Set.copyOf(edit.clusterIds())), 1, Integer::sum);
      }
    }
    return new TreeMap<>(writes);
  }

  private static double outcome(DaemonProcess daemon, Peer peer, String outcome) {
    return Scrape.of(daemon)
        .sum(
            "hrp_consumer_mutations_applied_total",
            "peer=\"" + peer.name() + "\"",
            "outcome=\"" + outcome + "\"");
  }

  /** A cluster holds everything but what came from itself and never was written there. */
  private static Comparison compare(
      Cluster cluster, TestTable table, Map<Origin, List<UUID>> ids, Set<Origin> without) {
    Ledger ledger = new Ledger(table.families());
    for (Origin origin : ids.keySet()) {
      for (int i = 0; i < PER_ORIGIN && !without.contains(origin); i++) {
        ledger.expect(put(origin, i), i);
      }
    }
    return Comparison.of(ledger, cluster, table.name());
  }
}
