package io.hrp.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.it.env.Cluster;
import io.hrp.it.env.Comparison;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.DropIn;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.it.env.TestTable.Retention;
import io.hrp.producer.api.MutationRejectedException;
import io.hrp.producer.api.OperationRefusedException;
import io.hrp.producer.api.TableUnavailableException;
import io.hrp.producer.hbase.HrpAsyncConnection;
import io.hrp.producer.hbase.PublishRefusedException;
import io.hrp.wire.TopicNames;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.AsyncBufferedMutator;
import org.apache.hadoop.hbase.client.AsyncConnection;
import org.apache.hadoop.hbase.client.BufferedMutator;
import org.apache.hadoop.hbase.client.BufferedMutatorParams;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.ResultScanner;
import org.apache.hadoop.hbase.client.RetriesExhaustedWithDetailsException;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs of HBase's API that go through HRP by configuration alone, on real servers. */
final class DropInConnectionIT {
  private static final byte[] A = Bytes.toBytes("a");
  private static final byte[] Q = Bytes.toBytes("q");

  @RegisterExtension final Scene scene = new Scene();

  @Test
  @Timeout(60)
  void aWriterThatOnlyPublishesNeedsNoHBaseInReach() throws IOException, InterruptedException {
    TestTable table = scene.newTable(Retention.EVERYTHING, "a");
    scene.declare(table);
    Configuration configuration =
        configuration(DropIn.NO_CLUSTER, Map.of("tables.publish-only", table.id().toString()));

    try (Connection connection = ConnectionFactory.createConnection(configuration);
        Table hbase = connection.getTable(table.name())) {
      hbase.put(put("r1", 1));
      hbase.put(List.of(put("r2", 2), put("r3", 3)));
      hbase.delete(new Delete(Bytes.toBytes("r1")));
      List<Delete> deletes = new ArrayList<>(List.of(new Delete(Bytes.toBytes("r2"))));
      hbase.delete(deletes);
      assertThat(deletes).isEmpty();
      hbase.mutateRow(RowMutations.of(List.of(put("r4", 4), new Delete(Bytes.toBytes("r4")))));
      Object[] results = new Object[2];
      hbase.batch(List.of(put("r5", 5), put("r6", 6)), results);
      assertThat(results).hasOnlyElementsOfType(Result.class);
      try (BufferedMutator mutator = connection.getBufferedMutator(table.name())) {
        for (int i = 0; i < 500; i++) {
          mutator.mutate(put("m" + i, i));
        }
      }
    }

    assertThat(scene.broker().read(TopicNames.dataTopic(table.id()))).hasSize(508);
  }

  @Test
  void whatCannotBeReplayedIsRefusedBeforeAnythingIsSent() throws IOException {
    TestTable table = scene.newTable(Retention.EVERYTHING, "a");
    scene.declare(table);
    Configuration configuration =
        configuration(
            DropIn.NO_CLUSTER,
            Map.of("tables.publish-only", table.id() + ",nothing", "max-block-ms", "5000"));

    try (Connection connection = ConnectionFactory.createConnection(configuration);
        Table hbase = connection.getTable(table.name());
        Table missing = connection.getTable(TableName.valueOf("nothing"))) {
      assertThatThrownBy(() -> hbase.put(new Put(Bytes.toBytes("r"))))
          .isInstanceOf(PublishRefusedException.class)
          .hasCauseInstanceOf(MutationRejectedException.class);
      assertThatThrownBy(() -> hbase.delete(new Delete(Bytes.toBytes("r")).addColumn(A, Q)))
          .isInstanceOf(PublishRefusedException.class)
          .hasCauseInstanceOf(MutationRejectedException.class);
      assertThatThrownBy(
              () -> hbase.increment(new Increment(Bytes.toBytes("r")).addColumn(A, Q, 1)))
          .isInstanceOf(PublishRefusedException.class)
          .hasCauseInstanceOf(OperationRefusedException.class);
      assertThatThrownBy(() -> missing.put(put("r", 1)))
          .isInstanceOf(PublishRefusedException.class)
          .hasCauseInstanceOf(TableUnavailableException.class);
      List<RetriesExhaustedWithDetailsException> heard = new ArrayList<>();
      BufferedMutatorParams params =
          new BufferedMutatorParams(table.name())
              .listener((exception, mutator) -> heard.add(exception));
      Put empty = new Put(Bytes.toBytes("empty"));
      try (BufferedMutator mutator = connection.getBufferedMutator(params)) {
        mutator.mutate(List.of(empty, put("kept", 1)));
      }
      assertThat(heard).hasSize(1);
      assertThat(heard.get(0).getRow(0)).isSameAs(empty);
      assertThat(heard.get(0).getCause(0)).isInstanceOf(PublishRefusedException.class);
    }

    assertThat(scene.broker().read(TopicNames.dataTopic(table.id())))
        .extracting(record -> Bytes.toString(record.key()))
        .containsExactly("kept");
  }

  @Test
  void aTableThatIsNotConfiguredReachesItsClusterAsIfHrpWereNotThere()
      throws IOException, InterruptedException {
    TestTable table = scene.newTable(Retention.EVERYTHING, "a");
    scene.createOn(scene.east().cluster(), table);
    scene.declare(table);
    Configuration configuration =
        configuration(
            scene.east().cluster().clientSettings(), Map.of("tables.publish-only", "other"));

    try (Connection connection = ConnectionFactory.createConnection(configuration);
        Table hbase = connection.getTable(table.name())) {
      hbase.put(put("r1", 1));
      hbase.increment(new Increment(Bytes.toBytes("r2")).addColumn(A, Q, 7));
      Object[] results = new Object[2];
      List<Row> actions = List.of(put("r3", 3), new Get(Bytes.toBytes("r1")));
      hbase.batch(actions, results);

      assertThat(((Result) results[1]).getValue(A, Q)).isEqualTo(Bytes.toBytes(1));
      assertThat(connection.getAdmin().tableExists(table.name())).isTrue();
      assertThat(hbase.get(new Get(Bytes.toBytes("r2"))).getValue(A, Q))
          .isEqualTo(Bytes.toBytes(7L));
    }
    assertThat(scene.broker().read(TopicNames.dataTopic(table.id()))).isEmpty();
  }

  @Test
  void aDualTableHoldsTheSameCellsOnTheLocalClusterAndOnEveryPeer()
      throws IOException, InterruptedException {
    TestTable table = scene.table();
    Configuration configuration =
        configuration(
            scene.east().cluster().clientSettings(), Map.of("tables.dual", "default:it-*"));

    try (Connection connection = ConnectionFactory.createConnection(configuration);
        Table hbase = connection.getTable(table.name())) {
      hbase.put(put("r1", 1));
      hbase.put(put("r1", 2));
      Object[] results = new Object[3];
      List<Row> actions =
          List.of(put("r2", 3), new Get(Bytes.toBytes("r2")), new Delete(Bytes.toBytes("r1")));
      hbase.batch(actions, results);
      assertThat(((Result) results[1]).getValue(A, Q)).isEqualTo(Bytes.toBytes(3));
      assertThat(hbase.exists(new Get(Bytes.toBytes("r1")))).isFalse();
      assertThat(hbase.incrementColumnValue(Bytes.toBytes("n"), A, Q, 5)).isEqualTo(5);
      assertThat(hbase.incrementColumnValue(Bytes.toBytes("n"), A, Q, 5)).isEqualTo(10);
      try (BufferedMutator mutator = connection.getBufferedMutator(table.name())) {
        for (int i = 0; i < 300; i++) {
          mutator.mutate(put("m" + i, i));
        }
      }
    }
    List<Cell> cells = rawCells(scene.east().cluster(), table);
    scene.daemon(DaemonPlan.of("d1", scene.west()));
    scene.awaitDrained(scene.west(), table, Duration.ofMinutes(1));

    assertThat(cells).hasSizeGreaterThanOrEqualTo(306);
    assertThat(Comparison.of(cells, scene.west().cluster(), table.name()))
        .isEqualTo(Comparison.equal(cells.size()));
  }

  @Test
  void anAsynchronousConnectionPublishesToo() throws IOException {
    TestTable table = scene.newTable(Retention.EVERYTHING, "a");
    scene.declare(table);
    Configuration configuration =
        configuration(
            scene.east().cluster().clientSettings(),
            Map.of("tables.publish-only", table.id().toString()));
    configuration.set("hbase.client.async.connection.impl", HrpAsyncConnection.class.getName());

    try (AsyncConnection connection =
        ConnectionFactory.createAsyncConnection(configuration).join()) {
      connection.getTable(table.name()).put(put("r1", 1)).join();
      List<CompletableFuture<Void>> futures = new ArrayList<>();
      try (AsyncBufferedMutator mutator = connection.getBufferedMutator(table.name())) {
        for (int i = 0; i < 100; i++) {
          futures.add(mutator.mutate(put("m" + i, i)));
        }
      }
      futures.forEach(CompletableFuture::join);
    }

    assertThat(scene.broker().read(TopicNames.dataTopic(table.id()))).hasSize(101);
  }

  private static List<Cell> rawCells(Cluster cluster, TestTable table) throws IOException {
    List<Cell> cells = new ArrayList<>();
    try (Table hbase = cluster.connection().getTable(table.name());
        ResultScanner scanner =
            hbase.getScanner(new Scan().setRaw(true).readAllVersions().setCaching(500))) {
      for (Result row : scanner) {
        cells.addAll(List.of(row.rawCells()));
      }
    }
    return cells;
  }

  private Configuration configuration(Map<String, String> cluster, Map<String, String> keys) {
    return DropIn.configuration(scene.broker(), cluster, keys);
  }

  private static Put put(String row, int value) {
    return new Put(Bytes.toBytes(row)).addColumn(A, Q, Bytes.toBytes(value));
  }
}
