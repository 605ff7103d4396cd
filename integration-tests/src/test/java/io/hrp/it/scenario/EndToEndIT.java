package io.hrp.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.it.env.Cluster;
import io.hrp.it.env.Comparison;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Load;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.it.env.TestTable.Retention;
import io.hrp.producer.api.HrpPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.hbase.ByteBufferKeyValue;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the publisher to the cells of both clusters. */
final class EndToEndIT {
  private static final Duration DRAIN = Duration.ofMinutes(1);
  private static final byte[] A = Bytes.toBytes("a");
  private static final byte[] B = Bytes.toBytes("b");
  private static final byte[] Q = Bytes.toBytes("q");
  private static final byte[] R = Bytes.toBytes("r");

  @RegisterExtension final Scene scene = new Scene();

  @Test
  void everyKindOfMutationReachesBothPeersCellByCell() throws IOException {
    TestTable table = scene.table();
    HrpPublisher publisher = scene.publisher();
    for (Mutation mutation : oneOfEachKind()) {
      scene.ledger(table).acknowledged(publisher.publish(table.name(), mutation).join());
    }
    RowMutations several =
        RowMutations.of(
            List.of(
                new Delete(row("mixed")).addColumns(A, Q),
                new Put(row("mixed")).addColumn(A, R, value("new"))));
    scene.ledger(table).acknowledged(publisher.publish(table.name(), several).join());
    scene.load(publisher, table, Load.Plan.of(20_251, 4_000)).await(DRAIN);
    assertThat(scene.ledger(table).cells())
        .extracting(Cell::getType)
        .contains(
            Cell.Type.Put,
            Cell.Type.Delete,
            Cell.Type.DeleteColumn,
            Cell.Type.DeleteFamily,
            Cell.Type.DeleteFamilyVersion);

    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));

    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, DRAIN);
      assertThat(scene.compare(peer, table)).isEqualTo(scene.everythingAcknowledged(table));
    }
  }

  @Test
  void aTableThatKeepsOneVersionShowsTheSameCellsOnBothPeers() {
    TestTable table = scene.newTable(Retention.ONE_VERSION, "a", "b");
    scene.createOnBoth(table);
    scene.declare(table);
    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));
    HrpPublisher publisher = scene.publisher();
    long seed = 7_331;
    System.err.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<CompletableFuture<Void>> noted = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      noted.add(
          publisher
              .publish(table.name(), ordinary(random))
              .thenAccept(scene.ledger(table)::acknowledged));
    }
    CompletableFuture.allOf(noted.toArray(CompletableFuture<?>[]::new)).join();

    List<Cell> visible = VisibleCells.of(scene.ledger(table).cells());

    assertThat(visible).hasSizeGreaterThan(100);
    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, DRAIN);
      assertThat(Comparison.visible(visible, peer.cluster(), table.name()))
          .isEqualTo(Comparison.equal(visible.size()));
    }
  }

  @Test
  void aCellDiesOnThePeersWhenItsTimeToLiveIsOver() throws IOException {
    TestTable table = scene.table();
    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));
    HrpPublisher publisher = scene.publisher();
    publisher.row(table.name(), row("r")).cell(A, Q, value("stays")).publish().join();
    publisher
        .row(table.name(), row("r"))
        .cell(B, Q, value("goes"))
        .timeToLive(Duration.ofSeconds(5))
        .publish()
        .join();

    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, DRAIN);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertThat(get(peer.cluster(), table).getValue(B, Q)).as(peer.name()).isNull());
      assertThat(get(peer.cluster(), table).getValue(A, Q)).isEqualTo(value("stays"));
    }
  }

  private static List<Mutation> oneOfEachKind() {
    List<Mutation> mutations = new ArrayList<>();
    for (String name :
        List.of("row", "family", "column", "version", "family-version", "mixed", "untouched")) {
      mutations.add(
          new Put(row(name))
              .addColumn(A, Q, 1_000, value("old"))
              .addColumn(A, Q, value("now"))
              .addColumn(B, new byte[0], new byte[0]));
    }
    mutations.add(new Delete(row("row")));
    mutations.add(new Delete(row("family")).addFamily(A));
    mutations.add(new Delete(row("column")).addColumns(A, Q));
    mutations.add(new Delete(row("version")).addColumn(A, Q, 1_000));
    mutations.add(new Delete(row("family-version")).addFamilyVersion(A, 1_000));
    mutations.add(new Delete(row("never written")));
    try {
      mutations.add(new Put(row("sliced")).add(sliced(row("sliced"))));
      mutations.add(new Put(row("off-heap")).add(offHeap(row("off-heap"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return mutations;
  }

  /** A cell in the middle of a larger array, as decoders of files and of blocks make them. */
  private static Cell sliced(byte[] row) {
    KeyValue plain = new KeyValue(row, A, Q, 5_000, value("slice"));
    byte[] larger = new byte[plain.getLength() + 20];
    Arrays.fill(larger, (byte) 0x7f);
    System.arraycopy(plain.getBuffer(), plain.getOffset(), larger, 11, plain.getLength());
    return new KeyValue(larger, 11, plain.getLength());
  }

  /** A cell outside the heap, with no array behind it. */
  private static Cell offHeap(byte[] row) {
    KeyValue plain = new KeyValue(row, B, R, 5_000, value("direct"));
    ByteBuffer buffer = ByteBuffer.allocateDirect(plain.getLength() + 7);
    buffer.put(7, plain.getBuffer(), plain.getOffset(), plain.getLength());
    return new ByteBufferKeyValue(buffer, 7, plain.getLength());
  }

  /** Kinds whose visible result does not depend on when a cluster drops old versions. */
  private static Mutation ordinary(SplittableRandom random) {
    byte[] row = row("r" + random.nextInt(150));
    byte[] family = random.nextBoolean() ? A : B;
    byte[] qualifier = Bytes.toBytes("q" + random.nextInt(4));
    return switch (random.nextInt(10)) {
      case 0 -> new Delete(row);
      case 1 -> new Delete(row).addFamily(family);
      case 2 -> new Delete(row).addColumns(family, qualifier);
      default -> new Put(row).addColumn(family, qualifier, Bytes.toBytes(random.nextLong()));
    };
  }

  private static Result get(Cluster cluster, TestTable table) throws IOException {
    try (Table opened = cluster.connection().getTable(table.name())) {
      return opened.get(new Get(row("r")));
    }
  }

  private static byte[] row(String name) {
    return Bytes.toBytes(name);
  }

  private static byte[] value(String text) {
    return Bytes.toBytes(text);
  }
}
