package io.hrp.ops.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One Kafka broker and some HBase clusters that this JVM owns: they end with it, {@code kill -9}
 * included. One directory has one owner at a time.
 *
 * <p>Thread-safe. {@link #close()} stops the servers in order and keeps their data.
 */
public final class Sandbox implements AutoCloseable {

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);

  /** A topic cannot have more replicas than there are brokers. */
  private static final Map<String, String> ONE_BROKER = Map.of("topic-replication", "1");

  /** What becomes of what the last owner left. */
  private enum Data {
    KEEP,
    DELETE
  }

  private final SandboxFiles files;
  private final Installation installation;
  private final OwnerLock lock;
  private final long startedAtMs;
  private final KafkaProcess kafka;
  private final Map<String, HBaseProcess> clusters;

  private Sandbox(SandboxSpec spec, Installation installation, SandboxFiles files, OwnerLock lock) {
    this.files = files;
    this.installation = installation;
    this.lock = lock;
    this.startedAtMs = System.currentTimeMillis();
    PortPlan ports = PortPlan.make(spec, files.directory().resolve("ports.properties"));
    this.kafka = new KafkaProcess(installation, files, kafkaSpec(spec, ports));
    this.clusters = new LinkedHashMap<>();
    for (String cluster : spec.clusters()) {
      clusters.put(cluster, new HBaseProcess(installation, files, hbaseSpec(spec, cluster, ports)));
    }
  }

  /** Starts all servers side by side and returns when they answer. */
  public static Sandbox start(SandboxSpec spec) {
    return start(spec, Installation.current(), StartListener.SILENT);
  }

  /**
   * Starts all servers side by side and returns when they answer.
   *
   * @throws SandboxException if they cannot be started; none runs then
   */
  public static Sandbox start(SandboxSpec spec, Installation installation, StartListener listener) {
    return start(spec, installation, listener, Data.KEEP);
  }

  /**
   * As {@link #start(SandboxSpec, Installation, StartListener)}, but without the data and logs of
   * the last time.
   */
  public static Sandbox startFresh(
      SandboxSpec spec, Installation installation, StartListener listener) {
    return start(spec, installation, listener, Data.DELETE);
  }

  private static Sandbox start(
      SandboxSpec spec, Installation installation, StartListener listener, Data old) {
    SandboxFiles files = new SandboxFiles(spec.directory());
    files.create();
    OwnerLock lock =
        OwnerLock.tryTake(files)
            .orElseThrow(() -> new SandboxBusyException(files.directory(), busyDetail(files)));
    Sandbox sandbox = null;
    try {
      SandboxState.read(files.directory())
          .ifPresent(stale -> stale.servers().forEach(SandboxState.Server::killIfAlive));
      if (old == Data.DELETE) {
        files.deleteData();
      }
      files.requireRoom();
      sandbox = new Sandbox(spec, installation, files, lock);
      sandbox.startAll(listener);
      return sandbox;
    } catch (RuntimeException | Error e) {
      if (sandbox == null) {
        lock.close();
      } else {
        sandbox.kill();
      }
      throw e;
    }
  }

  private static String busyDetail(SandboxFiles files) {
    String pid = OwnerLock.holder(files).map(owner -> " (pid " + owner.pid() + ")").orElse("");
    return "is in use by another process"
        + pid
        + ": end that first, or choose another directory with --dir";
  }

  /** The broker. */
  public KafkaProcess kafka() {
    return kafka;
  }

  /** The clusters, in the order in which they were named. */
  public List<HBaseProcess> clusters() {
    return List.copyOf(clusters.values());
  }

  /** The cluster of that name. */
  public HBaseProcess cluster(String name) {
    HBaseProcess cluster = clusters.get(name);
    if (cluster == null) {
      throw new IllegalArgumentException("no cluster '" + name + "' among " + clusters.keySet());
    }
    return cluster;
  }

  /** The broker and the clusters. */
  public List<SandboxServer> servers() {
    List<SandboxServer> servers = new ArrayList<>();
    servers.add(kafka);
    servers.addAll(clusters.values());
    return servers;
  }

  /**
   * Checks that no server has ended by itself and that the disk has room for them to work in.
   *
   * @throws SandboxException naming what is wrong; what is not is still running then
   */
  public void requireHealthy() {
    try {
      kafka.slot().requireAlive();
      clusters.values().forEach(cluster -> cluster.slot().requireAlive());
    } catch (ServerFailedException e) {
      throw explained(e);
    }
    files.requireNotFull();
  }

  /** A server on a full disk fails in many ways, few of which say so. */
  private SandboxException explained(ServerFailedException failed) {
    return files.isFull() ? new DiskFullException(files.directory(), failed) : failed;
  }

  /** Where data, logs and settings lie. */
  public Path directory() {
    return files.directory();
  }

  /** A configuration in which every cluster of this sandbox is a peer of the same name. */
  public HrpConfig config() {
    HrpConfig config = new HrpConfig(kafka.bootstrapServers(), ONE_BROKER, Map.of(), Map.of());
    for (HBaseProcess cluster : clusters.values()) {
      config = config.withPeer(cluster.cluster(), cluster.clientSettings());
    }
    return config;
  }

  /** The file with {@link #config()} in it, for the command line. */
  public Path configFile() {
    return files.hrpYaml();
  }

  /**
   * A daemon for these servers, not yet started. It logs to this sandbox's log directory and dies
   * with this JVM as the servers do; {@link #close()} does not stop it.
   *
   * @param id its name, unique in this sandbox
   */
  public DaemonProcess daemon(String id, DaemonProcess.Spec spec) {
    return new DaemonProcess(installation, files, id, spec);
  }

  /**
   * As {@link #daemon(String, DaemonProcess.Spec)}, with this configuration and a free port for its
   * HTTP server.
   */
  public DaemonProcess daemon(String id, HrpConfig config) {
    int port = Ports.free(1).get(0);
    Path file = files.conf(id).resolve("hrp.yaml");
    SandboxFiles.write(file, config.withConsumer("admin.port", Integer.toString(port)).toYaml());
    return daemon(id, DaemonProcess.Spec.of(file, port));
  }

  /** Writes down what runs, for other processes to read. */
  private void publishState() {
    List<SandboxState.Server> running =
        servers().stream().filter(SandboxServer::isAlive).map(SandboxState.Server::of).toList();
    new SandboxState(ProcessHandle.current().pid(), startedAtMs, kafka.bootstrapServers(), running)
        .write(files);
  }

  @Override
  public void close() {
    inParallel(servers(), SandboxServer::stop);
    forget();
  }

  /** Ends all servers at once, as a crash would; for data nobody needs any more. */
  public void kill() {
    inParallel(servers(), SandboxServer::kill9);
    forget();
  }

  private void forget() {
    files.state().toFile().delete();
    lock.close();
  }

  private void startAll(StartListener listener) {
    try {
      inParallel(servers(), server -> start(server, listener));
    } catch (ServerFailedException e) {
      throw explained(e);
    }
    SandboxFiles.write(files.hrpYaml(), config().toYaml());
    publishState();
  }

  private static void start(SandboxServer server, StartListener listener) {
    long begin = System.nanoTime();
    listener.starting(server.name());
    server.launch();
    server.awaitReady(READY_TIMEOUT);
    listener.ready(server, Duration.ofNanos(System.nanoTime() - begin));
  }

  /**
   * Runs the action on all servers at once. The first failure ends the wait: a server that failed
   * will not recover.
   */
  private static void inParallel(List<SandboxServer> servers, Consumer<SandboxServer> action) {
    AtomicInteger next = new AtomicInteger();
    ExecutorService executor =
        Executors.newFixedThreadPool(
            servers.size(),
            work -> {
              Thread thread = new Thread(work, "hrp-sandbox-" + next.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
    CompletionService<SandboxServer> done = new ExecutorCompletionService<>(executor);
    try {
      for (SandboxServer server : servers) {
        var unused = done.submit(() -> action.accept(server), server);
      }
      for (int i = 0; i < servers.size(); i++) {
        done.take().get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while the servers of the sandbox were started or stopped", e);
    } finally {
      executor.shutdownNow();
    }
  }

  private static KafkaProcess.Spec kafkaSpec(SandboxSpec spec, PortPlan ports) {
    return new KafkaProcess.Spec(
        ports.port(KafkaProcess.NAME),
        ports.port(PortPlan.controller()),
        spec.kafkaHeap(),
        spec.kafkaSettings());
  }

  private static HBaseProcess.Spec hbaseSpec(SandboxSpec spec, String cluster, PortPlan ports) {
    return new HBaseProcess.Spec(
        cluster,
        ports.port(cluster),
        ports.port(PortPlan.master(cluster)),
        ports.port(PortPlan.regionServer(cluster)),
        spec.hbaseHeap(),
        spec.hbaseSessionTimeout(),
        spec.hbaseSettings());
  }
}
