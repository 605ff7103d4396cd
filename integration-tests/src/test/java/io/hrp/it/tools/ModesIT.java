package io.hrp.it.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.it.env.Comparison;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.DropIn;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.it.env.TestTable.Retention;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.MutationRejectedException;
import io.hrp.producer.api.MutationTooLargeException;
import io.hrp.producer.hbase.PublishRefusedException;
import io.hrp.wire.TopicNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.ByteBufferKeyValue;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.client.BufferedMutator;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables of every mode behind one connection, and what does not fit through it. */
final class ModesIT {
  private static final Duration DRAIN = Duration.ofMinutes(1);
  private static final byte[] A = Bytes.toBytes("a");
  private static final byte[] Q = Bytes.toBytes("q");
  private static final int ROWS = 200;

  @RegisterExtension final Scene scene = new Scene();

  @Test
  @Tag("long")
  void theTablesOfOneConnectionGoTheWaysOfTheirModes() throws IOException {
    TestTable published = scene.table();
    TestTable dual = scene.table();
    TestTable direct = onEastAlone();
    TestTable unnamed = onEastAlone();
    Configuration configuration =
        DropIn.configuration(
            scene.broker(),
            scene.east().cluster().clientSettings(),
            Map.of(
                "tables.publish-only", published.id().toString(),
                "tables.dual", "it-*_2",
                "tables.direct", direct.id().toString()));

    try (Connection connection = ConnectionFactory.createConnection(configuration)) {
      for (TestTable table : List.of(published, dual, direct, unnamed)) {
        write(connection, table);
      }
    }

    assertThat(heldByEast(published)).isEmpty();
    List<Cell> writtenTwice = heldByEast(dual);
    List<String> written = RawCells.of(scene.east().cluster(), unnamed.name()).withoutTimestamps();
    assertThat(written).hasSize(ROWS + 3);
    for (TestTable table : List.of(dual, direct)) {
      assertThat(RawCells.of(scene.east().cluster(), table.name()).withoutTimestamps())
          .isEqualTo(written);
    }
    assertThat(scene.broker().hasTopic(TopicNames.dataTopic(direct.id()))).isFalse();
    assertThat(scene.broker().hasTopic(TopicNames.dataTopic(unnamed.id()))).isFalse();

    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));
    for (TestTable table : List.of(published, dual)) {
      scene.awaitDrained(scene.east(), table, DRAIN);
      scene.awaitDrained(scene.west(), table, DRAIN);
    }
    assertThat(RawCells.of(scene.east().cluster(), published.name()).withoutTimestamps())
        .isEqualTo(written);
    assertThat(westAgainst(heldByEast(published), published))
        .isEqualTo(Comparison.equal(written.size()));
    assertThat(westAgainst(writtenTwice, dual)).isEqualTo(Comparison.equal(written.size()));
    assertThat(Comparison.of(writtenTwice, scene.east().cluster(), dual.name()))
        .as("the daemon of the cluster that had them already")
        .isEqualTo(Comparison.equal(written.size()));
  }

  @Test
  void slicedCellsAndCellsOutsideTheHeapArriveByteForByte() throws IOException {
    TestTable table = scene.table();
    scene.daemon(DaemonPlan.of("d1", scene.west()));
    Configuration configuration =
        DropIn.configuration(
            scene.broker(),
            scene.east().cluster().clientSettings(),
            Map.of("tables.dual", table.id().toString()));
    byte[] row = Bytes.toBytes("row");
    KeyValue cell = new KeyValue(row, A, Q, 7_000, everyByte());
    byte[] surrounded = new byte[cell.getLength() + 20];
    System.arraycopy(cell.getBuffer(), cell.getOffset(), surrounded, 9, cell.getLength());
    KeyValue sliced = new KeyValue(surrounded, 9, cell.getLength());
    KeyValue other = new KeyValue(row, A, Bytes.toBytes("r"), 8_000, everyByte());
    ByteBuffer outside = ByteBuffer.allocateDirect(other.getLength() + 20);
    outside.position(5);
    outside.put(other.getBuffer(), other.getOffset(), other.getLength());
    Cell offHeap = new ByteBufferKeyValue(outside, 5, other.getLength());

    try (Connection connection = ConnectionFactory.createConnection(configuration);
        Table hbase = connection.getTable(table.name())) {
      hbase.put(new Put(row).add(sliced).add(offHeap));
    }

    List<Cell> expected = List.of(cell, other);
    assertThat(Comparison.of(expected, scene.east().cluster(), table.name()))
        .isEqualTo(Comparison.equal(2));
    scene.awaitDrained(scene.west(), table, DRAIN);
    assertThat(westAgainst(expected, table)).isEqualTo(Comparison.equal(2));
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeAnythingIsSent() throws IOException {
    TestTable table = scene.newTable(Retention.EVERYTHING, "a");
    scene.declare(table);
    Configuration configuration =
        DropIn.configuration(
            scene.broker(),
            DropIn.NO_CLUSTER,
            Map.of("tables.publish-only", table.id().toString()));
    Put oneCell = new Put(Bytes.toBytes("r")).addColumn(A, Q, new byte[50 << 20]);
    Put manyCells = new Put(Bytes.toBytes("r"));
    byte[] shared = new byte[5 << 20];
    for (int i = 0; i < 10; i++) {
      manyCells.addColumn(A, Bytes.toBytes(i), shared);
    }

    try (Connection connection = ConnectionFactory.createConnection(configuration);
        Table hbase = connection.getTable(table.name());
        BufferedMutator mutator = connection.getBufferedMutator(table.name());
        HrpPublisher publisher = scene.publisher()) {
      for (Put large : List.of(oneCell, manyCells)) {
        assertThatThrownBy(() -> hbase.put(large))
            .isInstanceOf(PublishRefusedException.class)
            .hasCauseInstanceOf(MutationTooLargeException.class);
        assertThatThrownBy(() -> publisher.publish(table.name(), large))
            .isInstanceOf(MutationTooLargeException.class)
            .hasMessageContaining(table.name().toString());
      }
      assertThatThrownBy(
              () -> {
                mutator.mutate(oneCell);
                mutator.flush();
              })
          .isInstanceOf(IOException.class);
      byte[] longRow = new byte[Short.MAX_VALUE + 1];
      assertThatThrownBy(
              () -> publisher.row(table.name(), longRow).cell(A, Q, new byte[1]).publish())
          .isInstanceOf(MutationRejectedException.class);
    }

    assertThat(scene.broker().read(TopicNames.dataTopic(table.id()))).isEmpty();
  }

  private TestTable onEastAlone() {
    TestTable table = scene.newTable(Retention.EVERYTHING, "a", "b");
    scene.createOn(scene.east().cluster(), table);
    return table;
  }

  /** No cell twice, since a region server may give two writes one timestamp. */
  private static void write(Connection connection, TestTable name) throws IOException {
    try (Table table = connection.getTable(name.name());
        BufferedMutator mutator = connection.getBufferedMutator(name.name())) {
      for (int i = 0; i < ROWS; i++) {
        mutator.mutate(
            new Put(Bytes.toBytes("row" + i)).addColumn(A, Q, Bytes.toBytes("value " + i)));
      }
      mutator.flush();
      table.delete(new Delete(Bytes.toBytes("row7")));
      table.delete(new Delete(Bytes.toBytes("row8")).addColumns(A, Q));
    }
  }

  private static byte[] everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private List<Cell> heldByEast(TestTable table) {
    return RawCells.of(scene.east().cluster(), table.name()).cells();
  }

  private Comparison westAgainst(List<Cell> expected, TestTable table) {
    return Comparison.of(expected, scene.west().cluster(), table.name());
  }
}
