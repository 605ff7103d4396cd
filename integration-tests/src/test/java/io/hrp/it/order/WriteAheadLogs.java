package io.hrp.it.order;

import io.hrp.it.env.Cluster;
import io.hrp.it.env.Servers;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.ServerName;
import org.apache.hadoop.hbase.TableName;
import org.awaitility.Awaitility;

/**
 * Reads what a cluster's region servers have logged of a table: the logs in use and the archived
 * ones, through HBase's own reader in a process of its own (see {@code WalDump.java} among the
 * resources). Complete for everything that was acknowledged before the call, as long as HBase has
 * not purged old logs, which it does after ten minutes.
 */
final class WriteAheadLogs {
  /** The last bytes of a log that was closed in an orderly way. */
  private static final byte[] CLOSED_MARK = "LAWP".getBytes(StandardCharsets.US_ASCII);

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 5;

  private final Path sandboxDirectory;
  private final Cluster cluster;
  private final Path root;

  private WriteAheadLogs(Path sandboxDirectory, Cluster cluster) {
    this.sandboxDirectory = sandboxDirectory;
    this.cluster = cluster;
    this.root = sandboxDirectory.resolve("data").resolve(cluster.process().name()).resolve("root");
  }

  static WriteAheadLogs of(Servers servers, Cluster cluster) {
    return new WriteAheadLogs(servers.sandbox().directory(), cluster);
  }

  /** The edits of a table by rising sequence. */
  List<WalEdit> edits(TableName table) {
    closeLogs();
    for (int attempt = 1; ; attempt++) {
      try {
        return dump(table, logs());
      } catch (NoSuchFileException movedWhileRead) {
        // HBase archives logs whenever it likes; they are found again in their new place.
        if (attempt == ATTEMPTS) {
          throw new UncheckedIOException(movedWhileRead);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Makes each server start a new log, and waits until what it wrote before is on disk. */
  private void closeLogs() {
    List<String> servers = new ArrayList<>();
    cluster.admin(
        admin -> {
          for (ServerName server : admin.getRegionServers()) {
            admin.rollWALWriter(server);
            servers.add(server.toString());
          }
        });
    Awaitility.await("logs closed")
        .atMost(TIMEOUT)
        .until(
            () -> {
              for (String server : servers) {
                if (openLogs(server) > 1) {
                  return false;
                }
              }
              return true;
            });
  }

  private long openLogs(String server) throws IOException {
    Path directory = root.resolve("WALs").resolve(server);
    try (Stream<Path> logs = Files.list(directory)) {
      return logs.filter(WriteAheadLogs::isLog).filter(log -> !isClosed(log)).count();
    }
  }

  private static boolean isClosed(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] end = new byte[CLOSED_MARK.length];
      if (file.length() < end.length) {
        return false;
      }
      file.seek(file.length() - end.length);
      file.readFully(end);
      return Arrays.equals(end, CLOSED_MARK);
    } catch (IOException archivedMeanwhile) {
      return true;
    }
  }

  /** Each log once: it may be seen in both directories while it is moved. */
  private List<Path> logs() throws IOException {
    Map<String, Path> logs = new TreeMap<>();
    for (String directory : List.of("WALs", "oldWALs")) {
      try (Stream<Path> paths = Files.walk(root.resolve(directory))) {
        paths
            .filter(WriteAheadLogs::isLog)
            .forEach(log -> logs.put(log.getFileName().toString(), log));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return List.copyOf(logs.values());
  }

  private static boolean isLog(Path path) {
    String name = path.getFileName().toString();
    return Files.isRegularFile(path) && !name.startsWith(".") && !name.endsWith(".meta");
  }

  private List<WalEdit> dump(TableName table, List<Path> logs) throws IOException {
    Path work = Files.createTempDirectory(sandboxDirectory, "wal-");
    Path program = work.resolve("WalDump.java");
    Path output = work.resolve("edits");
    Path messages = work.resolve("messages");
    try (InputStream source = WriteAheadLogs.class.getResourceAsStream("WalDump.java")) {
      Files.copy(Objects.requireNonNull(source, "WalDump.java"), program);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dhrp.log.file=" + work.resolve("log"),
                "-cp",
                hbaseClassPath(),
                program.toString(),
                output.toString(),
                table.getNameWithNamespaceInclAsString()));
    // Hadoop takes "%" in a path as it is, where a URI would have it escaped.
    logs.forEach(log -> command.add("file://" + log));
    run(command, messages);
    List<String> lines = Files.exists(output) ? Files.readAllLines(output) : List.of();
    if (lines.isEmpty() || !lines.get(lines.size() - 1).equals("end")) {
      String said = Files.readString(messages);
      if (said.contains("FileNotFoundException")) {
        throw new NoSuchFileException(root.toString(), null, said);
      }
      throw new IllegalStateException("cannot read the logs of " + cluster.name() + ":\n" + said);
    }
    return parse(lines);
  }

  private static void run(List<String> command, Path messages) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(messages.toFile())
            .start();
    try {
      if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("reading write-ahead logs took more than " + TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * What the build wrote down for the module that launches HBase, found as the sandbox finds it.
   */
  private static String hbaseClassPath() throws IOException {
    Path module = io.hrp.ops.sandbox.Installation.current().root().resolve("ops/sandbox/hbase");
    return module.resolve("target/classes")
        + File.pathSeparator
        + Files.readString(module.resolve("target/classpath")).strip();
  }

  private static List<WalEdit> parse(List<String> lines) {
    List<WalEdit> edits = new ArrayList<>();
    String[] head = {};
    List<Cell> cells = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("C ")) {
        byte[] bytes = Base64.getDecoder().decode(line.substring(2));
        cells.add(new KeyValue(bytes, 0, bytes.length));
        continue;
      }
      if (head.length > 0) {
        edits.add(edit(head, cells));
      }
      head = line.split(" ", -1);
      cells.clear();
    }
    edits.sort(Comparator.comparingLong(WalEdit::sequence));
    return edits;
  }

  private static WalEdit edit(String[] head, List<Cell> cells) {
    List<UUID> ids =
        head[4].isEmpty()
            ? List.of()
            : Arrays.stream(head[4].split(",")).map(UUID::fromString).toList();
    return new WalEdit(head[1], Long.parseLong(head[2]), Long.parseLong(head[3]), ids, cells);
  }
}
