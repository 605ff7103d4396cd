package io.hrp.bench.drain;

import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.sandbox.launcher.GuardedMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hbase.TableName;

/**
 * A {@link DrainWorker} in a process of its own, with the daemon's JVM flags. It takes one order at
 * a time over a socket and dies with this JVM. Used by one thread.
 */
final class WorkerProcess implements AutoCloseable {

  private static final int CONNECT_INTERVAL_MS = 500;
  private static final int CONNECT_ATTEMPTS = 240;
  private static final Duration ORDER_TIMEOUT = Duration.ofMinutes(10);

  /** What the worker measured. */
  record Answer(long nanos, long cpuNanos, long targetCpuNanos) {}

  private final DrainWork work;
  private final Process process;
  private final Socket socket;
  private final BufferedReader in;
  private final Writer out;

  private WorkerProcess(DrainWork work, Process process, Socket socket) throws IOException {
    this.work = work;
    this.process = process;
    this.socket = socket;
    this.in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    this.out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
    socket.setSoTimeout(Math.toIntExact(ORDER_TIMEOUT.toMillis()));
  }

  /** Starts it and waits until it asks for orders. */
  static WorkerProcess start(DrainServers servers, DrainWork work, int rows) {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(CONNECT_INTERVAL_MS);
      Process process = launch(servers, work, rows, server.getLocalPort());
      try {
        return new WorkerProcess(work, process, accept(server, process));
      } catch (IOException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the process of side '"
              + work.title()
              + "' does not answer; its log is in "
              + servers.logs(),
          e);
    }
  }

  private static Socket accept(ServerSocket server, Process process) throws IOException {
    IOException last = new IOException("it has ended");
    for (int i = 0; i < CONNECT_ATTEMPTS && process.isAlive(); i++) {
      try {
        return server.accept();
      } catch (SocketTimeoutException notYet) {
        last = notYet;
      }
    }
    throw last;
  }

  private static Process launch(DrainServers servers, DrainWork work, int rows, int port)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(servers.daemon().jvmFlags());
    // What it holds in memory beside its work comes on top of the daemon's heap: the last flag
    // wins.
    work.heapMegabytes(rows).ifPresent(megabytes -> line.add("-Xmx" + megabytes + "m"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(GuardedMain.class.getName());
    line.add(DrainWorker.class.getName());
    line.addAll(
        List.of(
            work.name(),
            Integer.toString(port),
            Integer.toString(rows),
            Long.toString(servers.target().pid()),
            servers.bootstrapServers()));
    for (Map.Entry<String, String> each : servers.target().process().clientSettings().entrySet()) {
      line.add(each.getKey() + "=" + each.getValue());
    }
    Path log = servers.logs().resolve("worker-" + work.title() + ".log");
    return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  DrainWork work() {
    return work;
  }

  /** Has the work done once and waits for the end. */
  Answer run(String topic, TableName table) {
    try {
      out.write(topic + " " + table.getNameAsString() + "\n");
      out.flush();
      String line = in.readLine();
      if (line == null || line.startsWith("failed")) {
        throw new CommandException(
            ExitCode.PROBLEM_FOUND, "side '" + work.title() + "' failed: " + line);
      }
      String[] words = line.split(" ", -1);
      return new Answer(
          Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
