package io.hrp.ops.quickstart;

import io.hrp.ops.client.ChangePublisher;
import io.hrp.ops.client.ClusterSession;
import io.hrp.ops.client.HBaseCluster;
import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.report.LiveLines;
import io.hrp.ops.report.ProgressBar;
import io.hrp.ops.sandbox.DaemonProcess;
import io.hrp.ops.sandbox.HBaseProcess;
import io.hrp.ops.sandbox.Installation;
import io.hrp.ops.sandbox.Sandbox;
import io.hrp.ops.sandbox.SandboxException;
import io.hrp.ops.sandbox.SandboxServer;
import io.hrp.ops.sandbox.SandboxSpec;
import io.hrp.ops.sandbox.StartListener;
import io.hrp.ops.steer.Operator;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.ops.steer.SteeringSession;
import io.hrp.ops.steer.TopicSteps;
import io.hrp.ops.verify.CellComparer;
import io.hrp.ops.verify.CellCursor;
import io.hrp.ops.verify.Comparison;
import io.hrp.ops.verify.ExpectedCells;
import io.hrp.wire.TableId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The guided first run. It owns its servers and a daemon, in a directory of its own, with fresh
 * data each time; all of them end with this JVM.
 *
 * <p>Used by one thread.
 */
public final class Quickstart implements AutoCloseable {

  /** The table it fills. */
  public static final TableId TABLE = TableId.of(TableId.DEFAULT_NAMESPACE, "unicode");

  private static final int PARTITIONS = 4;

  /** The regions of the two peers differ, as they do in life. */
  private static final Map<String, List<String>> SPLITS =
      Map.of(
          "east",
          List.of("002000", "009000", "010000", "020000"),
          "west",
          List.of("004E00", "012000"));

  private final LiveLines lines;
  private final Sandbox sandbox;
  private final DaemonProcess daemon;
  private final SteeringSession session;
  private final SteeringPorts ports;

  private Quickstart(LiveLines lines, Sandbox sandbox, SteeringSession session) {
    this.lines = lines;
    this.sandbox = sandbox;
    this.daemon = sandbox.daemon("daemon", sandbox.config());
    this.session = session;
    this.ports = session.ports();
  }

  /**
   * Starts the servers and the daemon and creates the table and its topics.
   *
   * @param directory for everything it writes; what is in it from the last time is removed
   * @param lines where progress is shown
   */
  public static Quickstart start(Path directory, LiveLines lines) {
    Objects.requireNonNull(lines, "lines");
    Sandbox sandbox =
        Sandbox.startFresh(
            SandboxSpec.in(directory), Installation.current(), new ShownStart(lines));
    SteeringSession session = null;
    try {
      session = ClusterSession.connect(sandbox.configFile());
      Quickstart quickstart = new Quickstart(lines, sandbox, session);
      quickstart.prepare();
      return quickstart;
    } catch (RuntimeException | Error e) {
      if (session != null) {
        session.close();
      }
      sandbox.kill();
      throw e;
    }
  }

  /** The {@code hrp.yaml} that points at what runs. */
  public Path configFile() {
    return sandbox.configFile();
  }

  /**
   * Publishes the data set, waits until both peers have applied it, and compares them with it.
   *
   * @param rows how many rows to take
   */
  public Outcome run(int rows) {
    try {
      return publishAndCompare(rows);
    } catch (RuntimeException e) {
      // A server that has died shows in many ways; that it has died is what to say.
      try {
        sandbox.requireHealthy();
      } catch (SandboxException died) {
        died.addSuppressed(e);
        throw died;
      }
      throw e;
    }
  }

  private Outcome publishAndCompare(int rows) {
    CharacterData data = new CharacterData(rows);
    ExpectedCells expected = publishAndApply(data);
    Map<String, Comparison> comparisons = new TreeMap<>();
    for (HBaseProcess cluster : sandbox.clusters()) {
      comparisons.put(cluster.cluster(), compare(cluster, expected));
    }
    Comparison any = comparisons.values().iterator().next();
    return new Outcome(any.rows(), any.cells(), comparisons);
  }

  /** Ends the daemon and the servers. */
  @Override
  public void close() {
    session.close();
    daemon.stop();
    // Nobody needs the data any more, so nobody waits for it to be written.
    sandbox.kill();
  }

  private void prepare() {
    for (HBaseProcess cluster : sandbox.clusters()) {
      try (HBaseCluster client =
          HBaseCluster.connect(cluster.cluster(), cluster.clientSettings())) {
        client.createComparableTable(
            TABLE, CharacterData.FAMILIES, SPLITS.getOrDefault(cluster.cluster(), List.of()));
      }
    }
    lines.finish("table '" + TABLE + "'", "created on both clusters");
    new TopicSteps(ports, new Operator("quickstart", "", Operator.Mode.APPLY))
        .create(TABLE, OptionalInt.of(PARTITIONS), OptionalInt.empty());
    lines.finish("topic of '" + TABLE + "'", "created with " + PARTITIONS + " partitions");
    lines.update(daemon.name(), "starting");
    startDaemon();
    lines.finish(daemon.name(), "ready at http://" + daemon.address());
  }

  /** A daemon waits for servers as long as it takes; whoever waits for it must not. */
  private void startDaemon() {
    inBackground(
        () -> {
          daemon.start();
          return daemon;
        },
        starting -> {
          while (!starting.isDone()) {
            sandbox.requireHealthy();
            Thread.sleep(Applying.POLL_MS);
          }
          starting.get();
        });
  }

  private ExpectedCells publishAndApply(CharacterData data) {
    try (ChangePublisher publisher =
        ChangePublisher.open(sandbox.kafka().bootstrapServers(), TABLE, CharacterData.FAMILIES)) {
      Publishing publishing = new Publishing(publisher, data);
      inBackground(
          () -> {
            publishing.run();
            return data;
          },
          running -> new Applying(publishing, data.mutations()).follow(running));
      return publishing.expected();
    }
  }

  private Comparison compare(HBaseProcess cluster, ExpectedCells expected) {
    String name = "compare " + cluster.cluster();
    CellComparer comparer =
        new CellComparer(cells -> lines.update(name, "%,d cells".formatted(cells)));
    try (HBaseCluster client = HBaseCluster.connect(cluster.cluster(), cluster.clientSettings());
        CellCursor actual = client.rawCells(TABLE);
        CellCursor wanted = expected.cursor()) {
      Comparison comparison = comparer.compare(wanted, actual);
      lines.finish(
          name,
          "%,d cells, %d missing, %d extra, %d different"
              .formatted(
                  comparison.cells(),
                  comparison.missing(),
                  comparison.extra(),
                  comparison.different()));
      return comparison;
    }
  }

  /** Follows the publisher and the peers until all is applied. */
  private final class Applying {

    private static final long POLL_MS = 250;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Publishing publishing;
    private final long total;
    private final long begin = System.nanoTime();
    private final Map<String, Long> applied = new TreeMap<>();
    private final Set<String> finished = new HashSet<>();
    private long lastProgress = System.nanoTime();

    Applying(Publishing publishing, long total) {
      this.publishing = publishing;
      this.total = total;
    }

    void follow(Future<?> publisher) throws InterruptedException, ExecutionException {
      while (true) {
        boolean published = publisher.isDone();
        if (published) {
          publisher.get();
        }
        show("published", publishing.acknowledged());
        boolean all = published;
        for (HBaseProcess cluster : sandbox.clusters()) {
          all &= look(cluster.cluster()) >= total;
        }
        if (all) {
          return;
        }
        requireProgress();
        Thread.sleep(POLL_MS);
      }
    }

    private long look(String peer) {
      long committed =
          ports.topics().committed(peer, TABLE).values().stream().mapToLong(Long::longValue).sum();
      Long before = applied.put(peer, committed);
      if (before == null || committed > before) {
        lastProgress = System.nanoTime();
      }
      show("applied to " + peer, committed);
      return committed;
    }

    private void show(String name, long done) {
      double seconds = Math.max(0.001, (System.nanoTime() - begin) / 1e9);
      String bar = ProgressBar.of(Math.min(done, total), total, done / seconds);
      if (done < total) {
        lines.update(name, bar);
      } else if (finished.add(name)) {
        lines.finish(name, bar);
      }
    }

    private void requireProgress() {
      sandbox.requireHealthy();
      if (!daemon.isAlive()) {
        throw new CommandException(
            ExitCode.INTERNAL_FAULT,
            "the daemon has ended, its log is \"" + daemon.logFile() + "\"");
      }
      if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
        throw new CommandException(
            ExitCode.UNREACHABLE,
            "nothing was applied for %d s (applied so far: %s of %d); the daemon's log is \"%s\""
                .formatted(PATIENCE.toSeconds(), applied, total, daemon.logFile()));
      }
    }
  }

  /** Waits for what runs beside this thread. */
  @FunctionalInterface
  private interface Following {
    void follow(Future<?> running) throws InterruptedException, ExecutionException;
  }

  private static void inBackground(Callable<?> work, Following following) {
    ExecutorService executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "hrp-quickstart-publish");
              thread.setDaemon(true);
              return thread;
            });
    try {
      following.follow(executor.submit(work));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
    } finally {
      executor.shutdownNow();
    }
  }

  /** Shows how the servers start. */
  private record ShownStart(LiveLines lines) implements StartListener {
    @Override
    public void starting(String server) {
      lines.update(server, "starting");
    }

    @Override
    public void ready(SandboxServer server, Duration took) {
      lines.finish(
          server.name(),
          "ready after %.1f s at %s".formatted(took.toMillis() / 1000.0, server.address()));
    }
  }
}
