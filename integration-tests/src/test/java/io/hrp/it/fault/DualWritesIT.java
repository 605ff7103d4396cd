package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.hrp.it.env.Cluster;
import io.hrp.it.env.Comparison;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.DropIn;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.producer.hbase.LocalWriteFailedException;
import io.hrp.producer.hbase.WriteNotAcknowledgedException;
import io.hrp.wire.TopicNames;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.ResultScanner;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Dual tables while Kafka or the local cluster is away, and when their writer dies in between. */
@Tag("long")
final class DualWritesIT {
  private static final byte[] A = Bytes.toBytes("a");
  private static final byte[] Q = Bytes.toBytes("q");
  private static final Duration DRAINED = Duration.ofMinutes(1);

  /** A client that says soon that its cluster is away. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "hbase.client.retries.number", "1",
          "hbase.client.operation.timeout", "4000",
          "hbase.client.meta.operation.timeout", "4000",
          "hbase.rpc.timeout", "2000",
          "zookeeper.recovery.retry", "0");

  @RegisterExtension final Scene scene = new Scene();

  @Test
  void whatTheLocalClusterMissedWhileItWasDownComesFromItsDaemon() throws IOException {
    TestTable byDaemon = scene.table();
    TestTable onFailure = scene.table();
    try (Connection first = connection(byDaemon, Map.of());
        Connection second = connection(onFailure, Map.of("dual.heal", "on-failure"));
        Table healed = first.getTable(byDaemon.name());
        Table republished = second.getTable(onFailure.name())) {
      healed.put(put("before"));
      republished.put(put("before"));
      scene.east().cluster().process().kill9();

      LocalWriteFailedException failure =
          catchThrowableOfType(LocalWriteFailedException.class, () -> healed.put(put("during")));
      LocalWriteFailedException again =
          catchThrowableOfType(
              LocalWriteFailedException.class, () -> republished.put(put("during")));

      assertThat(failure.heals()).isTrue();
      assertThat(again.heals()).isTrue();
      assertThat(scene.broker().read(TopicNames.dataTopic(byDaemon.id()))).hasSize(2);
      assertThat(scene.broker().read(TopicNames.dataTopic(onFailure.id()))).hasSize(3);
      scene.servers().mend();
    }

    drainBoth(byDaemon, onFailure);

    for (TestTable table : List.of(byDaemon, onFailure)) {
      assertThat(rows(scene.east().cluster(), table)).containsExactly("before", "during");
      requireEqualPeers(table);
    }
  }

  @Test
  void whileKafkaIsAwayNothingIsWrittenLocallyAndNothingIsLost() throws IOException {
    TestTable table = scene.table();
    try (Connection connection = connection(table, Map.of());
        Table hbase = connection.getTable(table.name())) {
      hbase.put(put("before"));
      scene.broker().process().freeze();
      try {
        assertThatThrownBy(() -> hbase.put(put("during")))
            .isInstanceOfSatisfying(
                WriteNotAcknowledgedException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
        assertThat(hbase.exists(new Get(Bytes.toBytes("during")))).isFalse();
      } finally {
        scene.broker().process().thaw();
      }
      hbase.put(put("after"));
    }

    drainBoth(table);

    // The broker had the record all the while in its socket: unknown came to mean written.
    assertThat(rows(scene.east().cluster(), table)).contains("before", "after");
    requireEqualPeers(table);
  }

  @Test
  void whatAWriterThatWasKilledInBetweenLeftInKafkaReachesItsOwnClusterToo()
      throws IOException, InterruptedException {
    TestTable table = scene.table();
    Process writer = writer(table);
    try {
      Writer rows = writer.outputWriter();
      BufferedReader written = writer.inputReader();
      write(rows, "before");
      assertThat(written.readLine()).isEqualTo("before");
      scene.east().cluster().process().freeze();
      try {
        write(rows, "between");
        await("the record of the row in Kafka")
            .atMost(Duration.ofSeconds(30))
            .until(() -> scene.broker().read(TopicNames.dataTopic(table.id())).size() == 2);
      } finally {
        writer.destroyForcibly().waitFor();
        scene.east().cluster().process().thaw();
      }
    } finally {
      writer.destroyForcibly();
    }

    drainBoth(table);

    assertThat(rows(scene.east().cluster(), table)).containsExactly("before", "between");
    requireEqualPeers(table);
  }

  private static void write(Writer rows, String row) throws IOException {
    rows.write(row + "\n");
    rows.flush();
  }

  private Process writer(TestTable table) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-cp",
                System.getProperty("java.class.path"),
                DualWriter.class.getName(),
                table.name().getNameAsString()));
    settings(table, Map.of())
        .forEach(entry -> command.add(entry.getKey() + "=" + entry.getValue()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private Connection connection(TestTable table, Map<String, String> keys) throws IOException {
    return ConnectionFactory.createConnection(configuration(table, keys));
  }

  private Configuration configuration(TestTable table, Map<String, String> keys) {
    Map<String, String> cluster = new HashMap<>(scene.east().cluster().clientSettings());
    cluster.putAll(IMPATIENT);
    Map<String, String> all = new HashMap<>(keys);
    all.put("tables.dual", table.id().toString());
    return DropIn.configuration(scene.broker(), cluster, all);
  }

  private List<Map.Entry<String, String>> settings(TestTable table, Map<String, String> keys) {
    List<Map.Entry<String, String>> settings = new ArrayList<>();
    for (Map.Entry<String, String> entry : configuration(table, keys)) {
      if (entry.getKey().startsWith("hrp.") || entry.getKey().startsWith("hbase.")) {
        settings.add(entry);
      }
    }
    return settings;
  }

  /** One daemon feeds both clusters, the local one too. */
  private void drainBoth(TestTable... tables) {
    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));
    for (TestTable table : tables) {
      scene.awaitDrained(scene.east(), table, DRAINED);
      scene.awaitDrained(scene.west(), table, DRAINED);
    }
  }

  private void requireEqualPeers(TestTable table) throws IOException {
    List<Cell> local = cells(scene.east().cluster(), table);
    assertThat(Comparison.of(local, scene.west().cluster(), table.name()))
        .isEqualTo(Comparison.equal(local.size()));
  }

  private static List<String> rows(Cluster cluster, TestTable table) throws IOException {
    return cells(cluster, table).stream()
        .map(cell -> Bytes.toString(CellUtil.cloneRow(cell)))
        .distinct()
        .toList();
  }

  private static List<Cell> cells(Cluster cluster, TestTable table) throws IOException {
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

  private static Put put(String row) {
    return new Put(Bytes.toBytes(row)).addColumn(A, Q, Bytes.toBytes(row));
  }
}
