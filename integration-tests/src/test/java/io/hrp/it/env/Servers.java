package io.hrp.it.env;

import io.hrp.ops.sandbox.Sandbox;
import io.hrp.ops.sandbox.SandboxServer;
import io.hrp.ops.sandbox.SandboxSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One Kafka broker and the HBase clusters {@code east} and {@code west}, shared by all tests of
 * this JVM. They are started by the first test that asks, because that takes seconds, and end with
 * the JVM however it ends.
 *
 * <p>A test may stop, kill or freeze any of them; {@link #mend()} brings back what is missing.
 * Tests run one after another, so this class needs no lock.
 */
public final class Servers {
  public static final String EAST = "east";
  public static final String WEST = "west";

  /**
   * Data and logs of the servers, new for every JVM; kept after the tests for whoever reads logs.
   */
  private static final Path DIRECTORY = Path.of("target", "it-sandbox").toAbsolutePath();

  private final Sandbox sandbox;
  private final Broker broker;
  private final Control control;
  private final Map<String, Cluster> clusters = new LinkedHashMap<>();

  private Servers(Sandbox sandbox) {
    this.sandbox = sandbox;
    this.broker = new Broker(sandbox.kafka());
    this.control = new Control(broker);
    sandbox.clusters().forEach(process -> clusters.put(process.cluster(), new Cluster(process)));
  }

  private static final class Holder {
    static final Servers SHARED = start();
  }

  /** The servers of this JVM, started if they do not run yet. */
  public static Servers shared() {
    return Holder.SHARED;
  }

  private static Servers start() {
    deleteOldRun();
    // Tests freeze clusters for seconds: their ZooKeeper sessions have to outlive that.
    SandboxSpec spec =
        SandboxSpec.in(DIRECTORY)
            .withClusters(List.of(EAST, WEST))
            .withHBaseSessionTimeout(Duration.ofSeconds(90))
            // Tests kill daemons: with a short session the others take over soon.
            .withKafkaSetting("group.min.session.timeout.ms", "1000")
            // Everybody may do everything, save where a test writes a rule.
            .withKafkaSetting(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .withKafkaSetting("allow.everyone.if.no.acl.found", "true");
    return new Servers(Sandbox.start(spec));
  }

  /** What starts further processes beside the servers, daemons for instance. */
  public Sandbox sandbox() {
    return sandbox;
  }

  public Broker broker() {
    return broker;
  }

  /** The control and status topics. */
  public Control control() {
    return control;
  }

  /** The cluster of that name, {@link #EAST} or {@link #WEST}. */
  public Cluster cluster(String name) {
    Cluster cluster = clusters.get(name);
    if (cluster == null) {
      throw new IllegalArgumentException("no cluster '" + name + "' among " + clusters.keySet());
    }
    return cluster;
  }

  public List<Cluster> clusters() {
    return List.copyOf(clusters.values());
  }

  /** Thaws what is frozen and starts what does not run, so that one test cannot spoil the next. */
  public void mend() {
    for (SandboxServer server : sandbox.servers()) {
      if (server.isAlive()) {
        server.thaw();
      } else {
        server.start();
      }
    }
  }

  private static void deleteOldRun() {
    if (!Files.exists(DIRECTORY)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(DIRECTORY)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + DIRECTORY, e);
    }
  }
}
