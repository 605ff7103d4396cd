package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.control.DiscardInterval;
import io.hrp.control.OutcomeCounts;
import io.hrp.control.Scope;
import io.hrp.it.env.Comparison;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Ledger;
import io.hrp.it.env.Load;
import io.hrp.it.env.Peer;
import io.hrp.it.env.RecordingPublisher;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.ops.sandbox.DaemonProcess;
import io.hrp.producer.api.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellScanner;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** G6: a disable discards exactly the records between its two offsets. */
final class DisableIT {
  private static final int PER_SECOND = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final Scene scene = new Scene();

  private final Reports reports = new Reports(scene);
  private final Steering steering = new Steering(scene);

  @Test
  void aDisableDiscardsExactlyWhatLiesBetweenItsOffsetsAcrossAKill() {
    TestTable table = scene.table();
    DaemonProcess daemon = scene.daemon(DaemonPlan.of("daemon", scene.east(), scene.west()));
    RecordingPublisher publisher = new RecordingPublisher(scene.publisher());

    Load load = scene.load(publisher, table, Load.Plan.steady(System.nanoTime(), PER_SECOND));
    awaitAcknowledged(load, PER_SECOND);
    steer("disable", table, "--peer", scene.west().name(), "--yes");
    awaitAcknowledged(load, PER_SECOND);
    daemon.kill9();
    awaitAcknowledged(load, PER_SECOND);
    daemon.start();
    steer("enable", table, "--peer", scene.west().name());
    awaitAcknowledged(load, PER_SECOND);
    load.stop();
    scene.bothPeers().forEach(peer -> scene.awaitDrained(peer, table, PATIENCE));

    DiscardInterval interval = onlyInterval(Scope.of(scene.west().name(), table.id()));
    Ledger expected = new Ledger(table.families());
    int discarded = 0;
    for (Receipt receipt : publisher.receipts()) {
      if (isIn(interval, receipt)) {
        discarded++;
      } else {
        expected.acknowledged(receipt);
      }
    }
    assertThat(discarded).isGreaterThan(PER_SECOND);
    assertThat(expected.mutations()).isGreaterThan(PER_SECOND);
    assertThat(publisher.receipts()).hasSize(Math.toIntExact(load.acknowledged()));
    assertThat(scene.compare(scene.east(), table)).isEqualTo(scene.everythingAcknowledged(table));
    assertThat(Comparison.of(expected, scene.west().cluster(), table.name()))
        .isEqualTo(Comparison.equal(expected.cells().size()));
  }

  @Test
  @Tag("long")
  void aDisabledFamilyIsLeftOutOfEveryMutationAndTheRestOfTheRowIsApplied() {
    TestTable table = scene.table();
    DaemonProcess daemon = scene.daemon(DaemonPlan.of("daemon", scene.east(), scene.west()));
    RecordingPublisher publisher = new RecordingPublisher(scene.publisher());

    Load load = scene.load(publisher, table, Load.Plan.steady(System.nanoTime(), PER_SECOND));
    awaitAcknowledged(load, PER_SECOND);
    steer("disable", table, "--peer", scene.west().name(), "--family", "b", "--yes");
    awaitAcknowledged(load, PER_SECOND);
    steer("enable", table, "--peer", scene.west().name(), "--family", "b");
    awaitAcknowledged(load, PER_SECOND);
    load.stop();
    scene.bothPeers().forEach(peer -> scene.awaitDrained(peer, table, PATIENCE));

    DiscardInterval interval = onlyInterval(Scope.of(scene.west().name(), table.id()).family("b"));
    Ledger expected = new Ledger(table.families());
    long leftEmpty = 0;
    long narrowed = 0;
    for (Receipt receipt : publisher.receipts()) {
      Row stamped = receipt.stampedMutation();
      if (!isIn(interval, receipt)) {
        expected.expect(stamped, receipt.offset());
        continue;
      }
      Optional<Row> rest = without(stamped, "b", "a");
      rest.ifPresent(row -> expected.expect(row, receipt.offset()));
      leftEmpty += rest.isEmpty() ? 1 : 0;
      narrowed += rest.isPresent() ? 1 : 0;
    }
    assertThat(leftEmpty).isPositive();
    assertThat(narrowed).isPositive();
    assertThat(scene.compare(scene.east(), table)).isEqualTo(scene.everythingAcknowledged(table));
    assertThat(Comparison.of(expected, scene.west().cluster(), table.name()))
        .isEqualTo(Comparison.equal(expected.cells().size()));
    awaitCounts(scene.west(), table, load.acknowledged() - leftEmpty, leftEmpty);
    awaitCounts(scene.east(), table, load.acknowledged(), 0);
    assertThat(daemon.isAlive()).isTrue();
  }

  @Test
  @Tag("long")
  void aDisableIsCountedRecordByRecord() {
    TestTable table = scene.table();
    scene.daemon(DaemonPlan.of("daemon", scene.east(), scene.west()));

    steer("disable", table, "--peer", scene.west().name(), "--yes");
    scene.publish(table, Load.Plan.of(System.nanoTime(), 500));
    steer("enable", table, "--peer", scene.west().name());
    scene.publish(table, Load.Plan.of(System.nanoTime(), 300));
    scene.bothPeers().forEach(peer -> scene.awaitDrained(peer, table, PATIENCE));

    awaitCounts(scene.west(), table, 300, 500);
    awaitCounts(scene.east(), table, 800, 0);
  }

  /** Reports come every two seconds. */
  private void awaitCounts(Peer peer, TestTable table, long applied, long discarded) {
    await("counts of " + peer.name())
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(reports.totals(peer, table))
                    .isEqualTo(OutcomeCounts.of(applied, 0, discarded, 0)));
  }

  private static void awaitAcknowledged(Load load, long more) {
    long target = load.acknowledged() + more;
    await("the load").atMost(PATIENCE).until(() -> load.acknowledged() >= target);
  }

  private void steer(String verb, TestTable table, String... options) {
    List<String> arguments = new ArrayList<>(List.of("table", verb, table.id().toString()));
    arguments.addAll(List.of(options));
    steering.succeed(arguments.toArray(String[]::new));
  }

  private DiscardInterval onlyInterval(Scope scope) {
    List<DiscardInterval> intervals = scene.control().state().intervalsAt(scope);
    assertThat(intervals).hasSize(1);
    assertThat(intervals.get(0).isOpen()).isFalse();
    return intervals.get(0);
  }

  /** By the interval's own two ends, so that the daemon's reading of them is not asked. */
  private static boolean isIn(DiscardInterval interval, Receipt receipt) {
    int partition = receipt.partition();
    return receipt.offset() >= interval.from().endOf(partition)
        && receipt.offset() < interval.to().orElseThrow().endOf(partition);
  }

  /** What is left of a mutation of a table with two families if one is taken out. */
  private static Optional<Row> without(Row mutation, String family, String otherFamily) {
    if (mutation instanceof RowMutations several) {
      List<Mutation> rest = new ArrayList<>();
      several
          .getMutations()
          .forEach(one -> without(one, family, otherFamily).ifPresent(r -> rest.add((Mutation) r)));
      try {
        return rest.isEmpty() ? Optional.empty() : Optional.of(RowMutations.of(rest));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Mutation whole = (Mutation) mutation;
    if (whole instanceof Delete && whole.isEmpty()) {
      return Optional.of(
          new Delete(whole.getRow()).addFamily(Bytes.toBytes(otherFamily), whole.getTimestamp()));
    }
    Mutation rest = whole instanceof Put ? new Put(whole.getRow()) : new Delete(whole.getRow());
    try {
      CellScanner cells = whole.cellScanner();
      while (cells.advance()) {
        Cell cell = cells.current();
        if (!CellUtil.matchingFamily(cell, Bytes.toBytes(family))) {
          add(rest, cell);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rest.isEmpty() ? Optional.empty() : Optional.of(rest);
  }

  private static void add(Mutation mutation, Cell cell) throws IOException {
    if (mutation instanceof Put put) {
      put.add(cell);
    } else {
      ((Delete) mutation).add(cell);
    }
  }
}
