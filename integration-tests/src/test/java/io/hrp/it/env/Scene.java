package io.hrp.it.env;

import static org.awaitility.Awaitility.await;

import io.hrp.control.TableStatus;
import io.hrp.it.env.TestTable.Retention;
import io.hrp.ops.sandbox.DaemonProcess;
import io.hrp.ops.sandbox.SandboxServer;
import io.hrp.producer.HrpPublishers;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One test's own tables, topics, peers, publishers and daemons on the shared servers. Register it
 * as an extension ({@code @RegisterExtension final Scene scene = new Scene()}); what the test made
 * goes when the test ends, and servers it broke are mended.
 *
 * <p>Used by the test's own thread. Ledgers, publishers and loads take any thread.
 */
public final class Scene implements BeforeEachCallback, AfterEachCallback {
  private static final AtomicInteger TESTS = new AtomicInteger();

  /** Where the regions of a table begin; the clusters differ, as they do in life. */
  private static final Map<String, List<byte[]>> SPLITS =
      Map.of(
          Servers.EAST, splits("\\x40", "\\x80", "\\xC0"),
          Servers.WEST, splits("\\x55", "\\xAA"));

  private final Servers servers = Servers.shared();
  private final Map<String, Peer> peers = new LinkedHashMap<>();
  private final Map<TestTable, Ledger> ledgers = new LinkedHashMap<>();
  private final List<HrpPublisher> publishers = new ArrayList<>();
  private final List<DaemonProcess> daemons = new ArrayList<>();
  private final List<Load> loads = new ArrayList<>();
  private String token = "";

  @Override
  public void beforeEach(ExtensionContext context) {
    token = "t" + TESTS.incrementAndGet();
  }

  public Servers servers() {
    return servers;
  }

  public Broker broker() {
    return servers.broker();
  }

  public Control control() {
    return servers.control();
  }

  /** The cluster {@link Servers#EAST} under this test's name for it. */
  public Peer east() {
    return peer(Servers.EAST);
  }

  /** The cluster {@link Servers#WEST} under this test's name for it. */
  public Peer west() {
    return peer(Servers.WEST);
  }

  private Peer peer(String cluster) {
    return peers.computeIfAbsent(
        cluster, name -> new Peer(name + "-" + token, servers.cluster(name)));
  }

  /** Both peers. */
  public List<Peer> bothPeers() {
    return List.of(east(), west());
  }

  /**
   * A table with the families {@code a} and {@code b} that keeps everything, on both clusters with
   * other regions on each, and its topic of four partitions.
   */
  public TestTable table() {
    TestTable table = newTable(Retention.EVERYTHING, "a", "b");
    createOnBoth(table);
    declare(table);
    return table;
  }

  /** Creates a table on both clusters, each with its own regions. */
  public void createOnBoth(TestTable table) {
    sideBySide(servers.clusters().stream().<Runnable>map(c -> () -> createOn(c, table)).toList());
  }

  /** A table of this test that exists nowhere yet: {@link #createOn} and {@link #declare} it. */
  public TestTable newTable(Retention retention, String... families) {
    TableId id = TableId.of("default", "it-" + token + "_" + (ledgers.size() + 1));
    TestTable table = new TestTable(id, List.of(families), 4, retention);
    ledgers.put(table, new Ledger(table.families()));
    return table;
  }

  /** Creates a table on one cluster, with that cluster's regions. */
  public void createOn(Cluster cluster, TestTable table) {
    cluster.createTable(table.descriptor(), SPLITS.getOrDefault(cluster.name(), List.of()));
  }

  /** Creates a table's topics and declares its partition count, as {@code hrp topic create}. */
  public void declare(TestTable table) {
    servers.control().createTopics(table);
  }

  /** What was acknowledged for a table of this test. */
  public Ledger ledger(TestTable table) {
    Ledger ledger = ledgers.get(table);
    if (ledger == null) {
      throw new IllegalArgumentException("not a table of this test: " + table.id());
    }
    return ledger;
  }

  /** A publisher as it ships; closed when the test ends. */
  public HrpPublisher publisher() {
    return publisher(options -> options);
  }

  /** A publisher with options of its own; closed when the test ends. */
  public HrpPublisher publisher(UnaryOperator<PublisherOptions.Builder> settings) {
    PublisherOptions.Builder options =
        PublisherOptions.builder().bootstrapServers(broker().bootstrapServers());
    HrpPublisher publisher = HrpPublishers.create(settings.apply(options).build());
    publishers.add(publisher);
    return publisher;
  }

  /** Starts publishing; what is acknowledged goes into the table's ledger. */
  public Load load(HrpPublisher publisher, TestTable table, Load.Plan plan) {
    Load load = Load.start(publisher, table, ledger(table), plan);
    loads.add(load);
    return load;
  }

  /** Publishes the plan to its end, every mutation acknowledged. */
  public void publish(TestTable table, Load.Plan plan) {
    load(publisher(), table, plan).await(Duration.ofMinutes(1));
  }

  /** A daemon, started and ready. */
  public DaemonProcess daemon(DaemonPlan plan) {
    DaemonProcess daemon = newDaemon(plan);
    daemon.launch();
    daemon.awaitReady(Duration.ofMinutes(1));
    return daemon;
  }

  /** A daemon, not started. */
  public DaemonProcess newDaemon(DaemonPlan plan) {
    String name = token + "-" + plan.id();
    int adminPort = freePort();
    Path config = servers.sandbox().directory().resolve("daemons").resolve(name + ".yaml");
    try {
      Files.createDirectories(config.resolveSibling("."));
      Files.writeString(config, plan.yaml(broker().bootstrapServers(), adminPort));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DaemonProcess daemon = servers.sandbox().daemon(name, DaemonProcess.Spec.of(config, adminPort));
    daemons.add(daemon);
    return daemon;
  }

  /** How many records of a table a peer has not committed yet. */
  public long lag(Peer peer, TestTable table) {
    return broker().lag(peer.group(), TopicNames.dataTopic(table.id()));
  }

  /** Waits until a peer has committed everything that now stands in the table's topic. */
  public void awaitDrained(Peer peer, TestTable table, Duration timeout) {
    await("drained " + table.id() + " on " + peer.name())
        .atMost(timeout)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> lag(peer, table) == 0);
  }

  /** What live daemons say of a table on a peer: one report of each that owns a partition of it. */
  public List<TableStatus> statusOf(Peer peer, TestTable table) {
    return control().liveDaemons().stream()
        .flatMap(daemon -> daemon.peer(peer.name()).stream())
        .flatMap(status -> status.table(table.id()).stream())
        .filter(status -> !status.assigned().isEmpty())
        .toList();
  }

  /** Waits until some live daemon's report on a table fits, and returns that report. */
  public TableStatus awaitStatus(
      Peer peer, TestTable table, Duration timeout, Predicate<TableStatus> fits) {
    return await("status of " + table.id() + " on " + peer.name())
        .atMost(timeout)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> statusOf(peer, table).stream().filter(fits).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  /** What stands in the table's dead-letter topic. */
  public List<ConsumerRecord<byte[], byte[]>> deadLetters(TestTable table) {
    return broker().read(TopicNames.deadLetterTopic(table.id()));
  }

  /** The raw cells of a table on a peer against its ledger. */
  public Comparison compare(Peer peer, TestTable table) {
    return Comparison.of(ledger(table), peer.cluster(), table.name());
  }

  /** What {@link #compare} gives if the peer holds exactly what was acknowledged. */
  public Comparison everythingAcknowledged(TestTable table) {
    return Comparison.equal(ledger(table).cells().size());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    clear();
  }

  /** Ends what the test started and removes what it made. */
  void clear() {
    loads.forEach(Load::close);
    daemons.stream().filter(SandboxServer::isAlive).forEach(SandboxServer::kill9);
    servers.mend();
    publishers.forEach(publisher -> publisher.close(Duration.ofSeconds(5)));
    servers.control().forget(token);
    List<String> topics = new ArrayList<>();
    ledgers
        .keySet()
        .forEach(
            table -> {
              topics.add(TopicNames.dataTopic(table.id()));
              topics.add(TopicNames.deadLetterTopic(table.id()));
            });
    broker().deleteTopics(topics);
    List<Runnable> drops = new ArrayList<>();
    for (Cluster cluster : servers.clusters()) {
      ledgers.keySet().forEach(table -> drops.add(() -> cluster.dropTable(table.name())));
    }
    sideBySide(drops);
    peers.clear();
    ledgers.clear();
    publishers.clear();
    daemons.clear();
    loads.clear();
  }

  /** What a cluster does for a table takes it a second, most of which it waits. */
  private static void sideBySide(List<Runnable> actions) {
    CompletableFuture.allOf(
            actions.stream()
                .map(action -> CompletableFuture.runAsync(action, Scene::inThreadOfItsOwn))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static void inThreadOfItsOwn(Runnable action) {
    new Thread(action, "scene").start();
  }

  private static List<byte[]> splits(String... keys) {
    return List.of(keys).stream().map(Bytes::toBytesBinary).toList();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
