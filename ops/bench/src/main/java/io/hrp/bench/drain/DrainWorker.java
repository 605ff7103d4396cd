package io.hrp.bench.drain;

import com.sun.management.OperatingSystemMXBean;
import io.hrp.bench.round.ProcessTimes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.AsyncConnection;
import org.apache.hadoop.hbase.client.AsyncTable;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Put;

/**
 * Main class of the processes that {@link WorkerProcess} starts. An order is a line with a topic
 * and a table; the answer is a line with the time from start to the last acknowledgement, and the
 * processor time of this process and of the target meanwhile, in nanoseconds.
 */
public final class DrainWorker {

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final AsyncConnection connection;
  private final long targetPid;

  private DrainWorker(AsyncConnection connection, long targetPid) {
    this.connection = connection;
    this.targetPid = targetPid;
  }

  /** The measured part of an order. */
  @FunctionalInterface
  private interface Drain {
    void run(AsyncTable<?> table) throws InterruptedException;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    DrainWork work = DrainWork.valueOf(args[0]);
    int rows = Integer.parseInt(args[2]);
    Configuration configuration = HBaseConfiguration.create();
    for (String setting : List.of(args).subList(5, args.length)) {
      int equals = setting.indexOf('=');
      configuration.set(setting.substring(0, equals), setting.substring(equals + 1));
    }
    try (AsyncConnection connection =
            ConnectionFactory.createAsyncConnection(configuration).join();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]))) {
      DrainWorker worker = new DrainWorker(connection, Long.parseLong(args[3]));
      if (work == DrainWork.LOOP) {
        try (LoopDrain loop = new LoopDrain(args[4], rows)) {
          worker.serve(socket, loop);
        }
      } else {
        worker.serve(socket, IntStream.range(0, rows).mapToObj(DrainRows::put).toList());
      }
    }
  }

  private void serve(Socket socket, LoopDrain loop) throws IOException, InterruptedException {
    Orders orders = new Orders(socket);
    for (String[] order = orders.next(); order.length == 2; order = orders.next()) {
      loop.open(order[0]);
      orders.answer(measure(order[1], loop::drain));
    }
  }

  private void serve(Socket socket, List<Put> rows) throws IOException, InterruptedException {
    Orders orders = new Orders(socket);
    for (String[] order = orders.next(); order.length == 2; order = orders.next()) {
      orders.answer(
          measure(
              order[1],
              table -> {
                PutPipeline pipeline = new PutPipeline(table);
                for (Put row : rows) {
                  pipeline.add(row);
                }
                pipeline.finish();
              }));
    }
  }

  private String measure(String table, Drain drain) throws InterruptedException {
    AsyncTable<?> open = connection.getTable(TableName.valueOf(table));
    long cpu = PROCESS.getProcessCpuTime();
    long targetCpu = ProcessTimes.cpuNanos(targetPid);
    long begin = System.nanoTime();
    try {
      drain.run(open);
    } catch (RuntimeException e) {
      return "failed: " + e.getMessage();
    }
    return (System.nanoTime() - begin)
        + " "
        + (PROCESS.getProcessCpuTime() - cpu)
        + " "
        + (ProcessTimes.cpuNanos(targetPid) - targetCpu);
  }

  /** The other end of the socket. */
  private static final class Orders {
    private final BufferedReader in;
    private final Writer out;

    Orders(Socket socket) throws IOException {
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      this.out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
    }

    /** Two words; none once there are no more orders. */
    String[] next() throws IOException {
      String line = in.readLine();
      return line == null ? new String[0] : line.split(" ", -1);
    }

    void answer(String line) throws IOException {
      out.write(line + "\n");
      out.flush();
    }
  }
}
