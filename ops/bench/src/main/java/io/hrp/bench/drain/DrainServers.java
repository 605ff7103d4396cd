package io.hrp.bench.drain;

import io.hrp.bench.round.BenchDirectory;
import io.hrp.bench.round.BenchPlan;
import io.hrp.ops.client.ClusterSession;
import io.hrp.ops.sandbox.DaemonProcess;
import io.hrp.ops.sandbox.HrpConfig;
import io.hrp.ops.sandbox.Installation;
import io.hrp.ops.sandbox.Sandbox;
import io.hrp.ops.sandbox.SandboxServer;
import io.hrp.ops.sandbox.SandboxSpec;
import io.hrp.ops.sandbox.StartListener;
import io.hrp.ops.steer.SteeringSession;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The servers of one run: a broker, a target cluster, a source cluster for native replication, and
 * a daemon that feeds the target alone.
 */
final class DrainServers implements AutoCloseable {

  static final String TARGET = "west";
  static final String SOURCE = "east";

  private static final Duration DAEMON_TIMEOUT = Duration.ofMinutes(2);

  /** A cluster takes millions of cells in a run, and none shall wait for its collector. */
  private static final String HBASE_HEAP = "2g";

  private static final String KAFKA_HEAP = "512m";

  private final BenchDirectory directory;
  private final Sandbox sandbox;
  private final BenchCluster target;
  private final BenchCluster source;
  private final SteeringSession session;
  private final DaemonProcess daemon;

  private DrainServers(BenchDirectory directory, Sandbox sandbox) {
    this.directory = directory;
    this.sandbox = sandbox;
    this.target = new BenchCluster(sandbox.cluster(TARGET));
    this.source = new BenchCluster(sandbox.cluster(SOURCE));
    this.session = ClusterSession.connect(sandbox.configFile());
    HrpConfig config = sandbox.config().withoutPeer(SOURCE);
    this.daemon = sandbox.daemon("daemon", config);
  }

  /** Starts broker and clusters; the daemon is started later, by {@link #startDaemon}. */
  static DrainServers start(BenchPlan plan) {
    BenchDirectory directory = BenchDirectory.create(plan.directory(), "drain");
    SandboxSpec spec = SandboxSpec.in(directory.path()).withHeaps(KAFKA_HEAP, HBASE_HEAP);
    StartListener listener =
        new StartListener() {
          @Override
          public void starting(String server) {
            plan.progress().accept("starting " + server);
          }

          @Override
          public void ready(SandboxServer server, Duration took) {
            plan.progress().accept(server.name() + " is ready");
          }
        };
    Sandbox sandbox = Sandbox.start(spec, Installation.current(), listener);
    try {
      return new DrainServers(directory, sandbox);
    } catch (RuntimeException e) {
      sandbox.kill();
      throw e;
    }
  }

  /** Where rows are drained to. */
  BenchCluster target() {
    return target;
  }

  /** Where native replication drains them from. */
  BenchCluster source() {
    return source;
  }

  SteeringSession session() {
    return session;
  }

  DaemonProcess daemon() {
    return daemon;
  }

  String bootstrapServers() {
    return sandbox.kafka().bootstrapServers();
  }

  /** For logs of further processes. */
  Path logs() {
    return sandbox.directory().resolve("logs");
  }

  void startDaemon() {
    daemon.launch();
    daemon.awaitReady(DAEMON_TIMEOUT);
  }

  /** To be called after {@link #close}, if nobody will want to read logs. */
  void deleteFiles() {
    directory.close();
  }

  @Override
  public void close() {
    try {
      daemon.kill9();
      session.close();
      target.close();
      source.close();
    } finally {
      sandbox.kill();
    }
  }
}
