package io.hrp.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.it.env.HrpCommand;
import io.hrp.it.env.HrpCommand.Result;
import io.hrp.ops.config.OpsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.ResultScanner;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing a newcomer runs. */
final class QuickstartIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(4);
  private static final TableName TABLE = TableName.valueOf("unicode");

  private final Path directory;

  QuickstartIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theQuickStartVerifiesBothPeersAndLeavesNothingRunning() {
    Result result = quickstart(2_000);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(lastLine(result))
        .matches("verified rows=2000 cells=[1-9][0-9]{3,} peers=2 missing=0 extra=0 different=0");
    assertThat(result.err().lines())
        .as("nothing but our own lines of progress: no library says a word")
        .allMatch(line -> line.startsWith("  "));
    assertThat(commandLinesNaming(directory)).isEmpty();
  }

  @Test
  @Tag("long")
  void theQuickStartEndsWithFiveAndNamesTheCellsThatAPeerHasOtherwise() throws Exception {
    // Enough rows that the comparison is seconds away when the first of them is on a peer.
    CompletableFuture<Result> running = CompletableFuture.supplyAsync(() -> quickstart(20_000));
    Path config = directory.resolve("quickstart").resolve("hrp.yaml");
    await().atMost(TIMEOUT).until(() -> Files.exists(config) || running.isDone());

    try (Connection east = connection(config, "east");
        Connection west = connection(config, "west")) {
      await().atMost(TIMEOUT).until(() -> running.isDone() || (hasTable(east) && hasTable(west)));
      write(east, new Put(Bytes.toBytes("intruder")).addColumn(family(east), null, new byte[] {1}));
      Cell applied = firstAppliedTo(west, running);
      write(
          west,
          new Put(CellUtil.cloneRow(applied))
              .addColumn(
                  CellUtil.cloneFamily(applied),
                  CellUtil.cloneQualifier(applied),
                  applied.getTimestamp(),
                  Bytes.toBytes("not what was published")));
    }
    Result result = running.get();

    assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
    assertThat(lastLine(result))
        .matches("verified rows=20000 cells=[1-9][0-9]{4,} peers=2 missing=0 extra=1 different=1");
    assertThat(result.err())
        .containsPattern("peer 'east' extra: .*intruder")
        .contains("peer 'west' different: ")
        .doesNotContain("not what was published");
    assertThat(commandLinesNaming(directory)).isEmpty();
  }

  private Result quickstart(int rows) {
    return new HrpCommand(directory)
        .run(TIMEOUT, "quickstart", "--exit", "--rows", Integer.toString(rows));
  }

  private static String lastLine(Result result) {
    List<String> lines = result.out().lines().toList();
    assertThat(lines).isNotEmpty();
    return lines.get(lines.size() - 1);
  }

  private static Connection connection(Path config, String peer) throws IOException {
    Configuration settings = HBaseConfiguration.create();
    OpsSettings.load(config).peers().stream()
        .filter(each -> each.name().equals(peer))
        .forEach(each -> each.hbase().forEach(settings::set));
    return ConnectionFactory.createConnection(settings);
  }

  private static boolean hasTable(Connection cluster) throws IOException {
    try (var admin = cluster.getAdmin()) {
      return admin.tableExists(TABLE) && admin.isTableAvailable(TABLE);
    }
  }

  private static byte[] family(Connection cluster) throws IOException {
    try (Table table = cluster.getTable(TABLE)) {
      return table.getDescriptor().getColumnFamilyNames().iterator().next();
    }
  }

  private static void write(Connection cluster, Put put) throws IOException {
    try (Table table = cluster.getTable(TABLE)) {
      table.put(put);
    }
  }

  private static Cell firstAppliedTo(Connection cluster, CompletableFuture<Result> running) {
    return await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              assertThat(running).isNotDone();
              return firstCell(cluster);
            },
            cells -> !cells.isEmpty())
        .get(0);
  }

  private static List<Cell> firstCell(Connection cluster) throws IOException {
    try (Table table = cluster.getTable(TABLE);
        ResultScanner rows = table.getScanner(new Scan().setLimit(1))) {
      var row = rows.next();
      return row == null ? List.of() : row.listCells().subList(0, 1);
    }
  }

  /** Every server of the quick start has its directory among its arguments. */
  private static List<String> commandLinesNaming(Path directory) {
    return ProcessHandle.allProcesses()
        .map(process -> commandLine(process.pid()))
        .filter(line -> line.contains(directory.toString()))
        .toList();
  }

  /** In full; what the JDK gives of a process ends after a page. */
  private static String commandLine(long pid) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException hasEnded) {
      return "";
    }
  }
}
