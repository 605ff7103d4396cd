package io.hrp.it.env;

import io.hrp.ops.sandbox.Installation;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A broker of its own that asks for names and passwords (SASL/SCRAM) and grants nothing that was
 * not granted. It ends with this JVM however that ends. Used by one thread.
 */
public final class SecuredBroker implements AutoCloseable {
  private static final String ADMIN_PASSWORD = "admin-secret";
  private static final Duration START = Duration.ofMinutes(1);

  private final Path directory;
  private final int port;
  private final Process process;

  private SecuredBroker(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts the broker and waits until it answers.
   *
   * @param directory for its data and its log, new
   * @param users from name to password, besides the super user
   */
  public static SecuredBroker start(Path directory, Map<String, String> users) {
    try {
      Files.createDirectories(directory);
      int port = freePort();
      Path config =
          Files.writeString(
              directory.resolve("server.properties"), properties(directory, port, freePort()));
      format(directory, config, users);
      Process process = java(directory, "kafka.Kafka", config.toString());
      SecuredBroker broker = new SecuredBroker(directory, port, process);
      broker.awaitStarted();
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Settings of a client that may do everything. */
  public Map<String, String> superUser() {
    Map<String, String> settings = new HashMap<>(clientSettings());
    settings.put("sasl.jaas.config", jaas("admin", ADMIN_PASSWORD));
    return settings;
  }

  /** Settings of any client, without its name and password. */
  public Map<String, String> clientSettings() {
    return Map.of(
        "bootstrap.servers",
        bootstrapServers(),
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "SCRAM-SHA-512");
  }

  /** The setting {@code sasl.jaas.config} for a name and a password. */
  public static String jaas(String user, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
        + user
        + "\" password=\""
        + password
        + "\";";
  }

  @Override
  public void close() {
    process.toHandle().destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitStarted() throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + START.toNanos();
    Path log = directory.resolve("kafka.log");
    while (!Files.exists(log) || !Files.readString(log).contains("Kafka Server started")) {
      if (System.nanoTime() > giveUp || process.waitFor(200, TimeUnit.MILLISECONDS)) {
        close();
        throw new IllegalStateException("the secured broker did not start, see " + directory);
      }
    }
  }

  private static void format(Path directory, Path config, Map<String, String> users)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("format", "-t", "hrpSecuredBroker0000AA", "-c", config.toString()));
    Map<String, String> all = new TreeMap<>(users);
    all.put("admin", ADMIN_PASSWORD);
    all.forEach(
        (name, password) -> {
          arguments.add("--add-scram");
          arguments.add("SCRAM-SHA-512=[name=" + name + ",password=" + password + "]");
        });
    Process format = java(directory, "kafka.tools.StorageTool", arguments.toArray(String[]::new));
    if (!format.waitFor(START.toSeconds(), TimeUnit.SECONDS) || format.exitValue() != 0) {
      throw new IllegalStateException("could not format the broker's storage, see " + directory);
    }
  }

  /** The pipe that the launcher watches is held by this JVM. */
  private static Process java(Path directory, String mainClass, String... arguments)
      throws IOException {
    Path modules = Installation.current().root().resolve("ops/sandbox");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx384m");
    line.add("-XX:+UseSerialGC");
    line.add("-Dhrp.log.file=" + directory.resolve("kafka.log"));
    line.add("-cp");
    line.add(
        modules.resolve("launcher/target/classes")
            + File.pathSeparator
            + modules.resolve("kafka/target/classes")
            + File.pathSeparator
            + Files.readString(modules.resolve("kafka/target/classpath")).strip());
    line.add("io.hrp.ops.sandbox.launcher.GuardedMain");
    line.add(mainClass);
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line)
        .redirectInput(ProcessBuilder.Redirect.PIPE)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("output").toFile()))
        .start();
  }

  private static String properties(Path directory, int port, int controllerPort) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listeners",
        "SASL_PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.put("advertised.listeners", "SASL_PLAINTEXT://127.0.0.1:" + port);
    properties.put("inter.broker.listener.name", "SASL_PLAINTEXT");
    properties.put(
        "listener.security.protocol.map", "SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    properties.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
    properties.put(
        "listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config",
        jaas("admin", ADMIN_PASSWORD));
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // The broker itself comes to the open controller listener without a name.
    properties.put("super.users", "User:admin;User:ANONYMOUS");
    properties.put("allow.everyone.if.no.acl.found", "false");
    properties.put("delegation.token.secret.key", "token-master-key");
    properties.put("log.dirs", directory.resolve("data").toString());
    properties.put("auto.create.topics.enable", "false");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "2");
    return properties.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
