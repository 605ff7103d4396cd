package io.hrp.ops.sandbox;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** One Kafka broker that is its own controller (KRaft). */
public final class KafkaProcess extends ServerProcess {

  /** Its name in every sandbox. */
  public static final String NAME = "kafka";

  /**
   * How to run it.
   *
   * @param port where clients connect
   * @param controllerPort where the broker talks to itself
   * @param heap as in {@code -Xmx}
   * @param settings broker settings that replace or add to the sandbox's own
   */
  record Spec(int port, int controllerPort, String heap, Map<String, String> settings) {
    Spec {
      Objects.requireNonNull(heap, "heap");
      settings = Map.copyOf(settings);
    }
  }

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final String READY_MARK = "Kafka Server started";

  private final Installation installation;
  private final SandboxFiles files;
  private final Spec spec;

  KafkaProcess(Installation installation, SandboxFiles files, Spec spec) {
    super(new Kind(NAME, files.log(NAME), files.output(NAME), READY_MARK, STOP_TIMEOUT));
    this.installation = Objects.requireNonNull(installation, "installation");
    this.files = files;
    this.spec = Objects.requireNonNull(spec, "spec");
  }

  /** The value for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + spec.port();
  }

  @Override
  void prepare() {
    Ports.requireFree(NAME, spec.port());
    Ports.requireFree(NAME, spec.controllerPort());
    SandboxFiles.write(configFile(), properties());
    if (!Files.exists(files.data(NAME).resolve("meta.properties"))) {
      format();
    }
  }

  @Override
  boolean answers() {
    return Ports.accepts(spec.port());
  }

  @Override
  ChildJvm.Command command() {
    return command("kafka.Kafka", List.of(configFile().toString()));
  }

  @Override
  public String address() {
    return bootstrapServers();
  }

  private Path configFile() {
    return files.conf(NAME).resolve("server.properties");
  }

  private void format() {
    ChildJvm format =
        ChildJvm.start(
            command(
                "kafka.tools.StorageTool",
                List.of("format", "-t", randomClusterId(), "-c", configFile().toString())));
    if (!format.awaitEnd(Duration.ofMinutes(1)) || format.exitValue() != 0) {
      format.kill();
      String error = new ServerLog(files.log(NAME), files.output(NAME), READY_MARK).lastErrorLine();
      throw new ServerFailedException(
          NAME, "could not format its storage", files.output(NAME), error);
    }
  }

  /** Kafka writes its ids as the 22 characters of a UUID in base 64. */
  private static String randomClusterId() {
    UUID id = UUID.randomUUID();
    ByteBuffer bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits());
    // An id that starts with a dash would read as an option on the command line.
    return "h" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array()).substring(1);
  }

  private ChildJvm.Command command(String mainClass, List<String> args) {
    List<String> flags = new ArrayList<>(JvmFlags.server(spec.heap()));
    flags.add("-Dhrp.log.file=" + files.log(NAME));
    return new ChildJvm.Command(
        installation.kafkaClassPath(), flags, mainClass, args, files.output(NAME));
  }

  private String properties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + spec.controllerPort());
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(spec.port(), spec.controllerPort()));
    properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + spec.port());
    properties.put("log.dirs", files.data(NAME).toString());
    properties.put("auto.create.topics.enable", "false");
    // One broker: a replica of everything is all there is. Few partitions, because each is a
    // directory to create at start.
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "8");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "2");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("share.coordinator.state.topic.num.partitions", "1");
    // Groups of tests are complete when they join.
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.putAll(spec.settings());
    return properties.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n")
        .collect(Collectors.joining());
  }
}
