package io.hrp.it.linking;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A master and two workers, each a process with Spark's jars as a project's build found them. The
 * workers have addresses of their own, since Spark runs a speculative copy on another host only.
 */
final class SparkCluster implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final LinkedProject project;
  private final int port;
  private final List<ChildProgram> servers = new ArrayList<>();

  private SparkCluster(LinkedProject project, int port) {
    this.project = project;
    this.port = port;
  }

  static SparkCluster start(LinkedProject project) {
    SparkCluster cluster = new SparkCluster(project, freePort());
    cluster.startServers();
    return cluster;
  }

  private void startServers() {
    ChildProgram master =
        server(
            "master",
            "org.apache.spark.deploy.master.Master",
            List.of("--host", "127.0.0.1", "--port", "" + port, "--webui-port", "0"));
    awaitLine(master, "New state: ALIVE");
    for (int i = 1; i <= 2; i++) {
      server(
          "worker-" + i,
          "org.apache.spark.deploy.worker.Worker",
          List.of(
              "--host",
              "127.0.0." + i,
              "--webui-port",
              "0",
              "--cores",
              "1",
              "--memory",
              "1g",
              "--work-dir",
              project.directory().resolve("work-" + i).toString(),
              url()));
    }
    servers.subList(1, 3).forEach(worker -> awaitLine(worker, "Successfully registered"));
  }

  private ChildProgram server(String name, String mainClass, List<String> args) {
    ChildProgram server =
        project.java(
            name,
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            mainClass,
            args);
    servers.add(server);
    return server;
  }

  private static void awaitLine(ChildProgram program, String text) {
    await(text)
        .atMost(START)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> program.output().stream().anyMatch(line -> line.contains(text)));
  }

  private String url() {
    return "spark://127.0.0.1:" + port;
  }

  /**
   * Runs the project's job with an executor on each worker and returns its output.
   *
   * @param settings Spark's own
   */
  List<String> run(String name, Map<String, String> settings, String... args) {
    List<String> jvmArgs =
        new ArrayList<>(
            List.of(
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dspark.executor.extraJavaOptions=-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                "--add-opens=java.base/sun.security.action=ALL-UNNAMED",
                "-Dspark.master=" + url(),
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.driver.bindAddress=127.0.0.1",
                "-Dspark.ui.enabled=false",
                "-Dspark.cores.max=2",
                "-Dspark.executor.memory=600m",
                "-Dspark.scheduler.minRegisteredResourcesRatio=1.0",
                "-Dspark.scheduler.maxRegisteredResourcesWaitingTime=30s",
                "-Dspark.executor.extraClassPath=" + project.classPath()));
    settings.forEach((key, value) -> jvmArgs.add("-D" + key + "=" + value));
    ChildProgram driver = project.java(name, jvmArgs, "shop.OrdersJob", List.of(args));
    driver.awaitExit(Duration.ofMinutes(4));
    return driver.output();
  }

  @Override
  public void close() {
    servers.forEach(ChildProgram::close);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
