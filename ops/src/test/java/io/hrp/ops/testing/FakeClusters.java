package io.hrp.ops.testing;

import io.hrp.control.ControlState;
import io.hrp.control.ControlUpdater;
import io.hrp.control.TopicOffsets;
import io.hrp.control.testing.InMemoryControlLog;
import io.hrp.control.testing.InMemoryStatus;
import io.hrp.ops.steer.DataTopic;
import io.hrp.ops.steer.PeerTable;
import io.hrp.ops.steer.SteeringConnector;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.ops.steer.SteeringSession;
import io.hrp.ops.steer.TopicAdmin;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Kafka, two peers and any number of daemons in memory. Time stands still but for waits, which move
 * it by hand and let every daemon take its turn. Not thread-safe.
 */
public final class FakeClusters implements TopicAdmin {
  private final SortedMap<TableId, Topic> topics = new TreeMap<>();
  private final Map<String, Map<TableId, Map<Integer, Long>>> committed = new HashMap<>();
  private final List<PeerTable> peerTables = new ArrayList<>();
  private final List<FakeDaemon> daemons = new ArrayList<>();
  private final FakeClock clock = new FakeClock();
  private final InMemoryControlLog control = new InMemoryControlLog(clock, clock::nanos);
  private final InMemoryStatus status = new InMemoryStatus(clock);
  private List<String> configuredPeers = List.of("east", "west");
  private Runnable onWait = () -> {};

  /** A topic of this many partitions with nothing in it. */
  private static final class Topic {
    private final String id;
    private final Map<Integer, Long> ends = new TreeMap<>();
    private final SortedMap<String, String> settings = new TreeMap<>();
    private long deadLetters;

    Topic(String id, int partitions) {
      this.id = id;
      for (int p = 0; p < partitions; p++) {
        ends.put(p, 0L);
      }
    }
  }

  /** Time that moves by hand. */
  private static final class FakeClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    long nanos() {
      return Duration.between(Instant.EPOCH, now).toNanos();
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  public InMemoryControlLog control() {
    return control;
  }

  public ControlState state() {
    return control.current().state();
  }

  public InMemoryStatus status() {
    return status;
  }

  public Instant now() {
    return clock.instant();
  }

  /** Moves time; every daemon takes its turn at the end. */
  public void pass(Duration time) {
    clock.now = clock.now.plus(time);
    onWait.run();
    daemons.forEach(daemon -> daemon.turn(clock.instant(), state()));
  }

  private void await(Duration time) throws InterruptedException {
    pass(time);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Runs whenever a command waits, before the daemons take their turn. */
  public void onWait(Runnable action) {
    this.onWait = action;
  }

  public FakeDaemon startDaemon(String id) {
    FakeDaemon daemon = new FakeDaemon(id, status, clock.instant());
    daemons.add(daemon);
    daemon.turn(clock.instant(), state());
    return daemon;
  }

  public void configurePeers(String... peers) {
    configuredPeers = List.of(peers);
  }

  public void addTopic(TableId table, int partitions) {
    topics.put(table, new Topic("id-" + table, partitions));
  }

  public void setting(TableId table, String key, String value) {
    topic(table).settings.put(key, value);
  }

  /** Appends records to a partition. */
  public void publish(TableId table, int partition, long records) {
    topic(table).ends.merge(partition, records, Long::sum);
  }

  /** Appends records to the table's dead-letter topic. */
  public void deadLetter(TableId table, long records) {
    topic(table).deadLetters += records;
  }

  public void commit(String peer, TableId table, Map<Integer, Long> offsets) {
    committed.computeIfAbsent(peer, p -> new HashMap<>()).put(table, offsets);
  }

  /** What peers answer about any table; without a call they do not answer. */
  public void answerTables(PeerTable... tables) {
    peerTables.clear();
    peerTables.addAll(List.of(tables));
  }

  public static PeerTable present(String peer, String... families) {
    return PeerTable.present(peer, new TreeSet<>(List.of(families)), new TreeSet<>());
  }

  private Topic topic(TableId table) {
    return Optional.ofNullable(topics.get(table)).orElseThrow();
  }

  /** Connects whatever configuration is named. */
  public SteeringConnector connector() {
    return config ->
        new SteeringSession() {
          @Override
          public SteeringPorts ports() {
            return FakeClusters.this.ports();
          }

          @Override
          public void close() {}
        };
  }

  public SteeringPorts ports() {
    return ports(control);
  }

  /** With another door to the control log. */
  public SteeringPorts ports(ControlUpdater updater) {
    return new SteeringPorts(
        updater,
        this::state,
        status,
        this,
        table -> List.copyOf(peerTables),
        configuredPeers,
        1,
        new SteeringPorts.Timing(clock, clock::nanos, this::await, Duration.ofSeconds(20)));
  }

  @Override
  public List<DataTopic> list() {
    return topics.keySet().stream().map(table -> describe(table).orElseThrow()).toList();
  }

  @Override
  public Optional<DataTopic> describe(TableId table) {
    Topic topic = topics.get(table);
    if (topic == null) {
      return Optional.empty();
    }
    long records = topic.ends.values().stream().mapToLong(Long::longValue).sum();
    return Optional.of(
        new DataTopic(
            table,
            TopicNames.dataTopic(table),
            topic.id,
            topic.ends.size(),
            1,
            records,
            topic.deadLetters,
            topic.settings));
  }

  @Override
  public void create(TableId table, int partitions, int replication) {
    topics.putIfAbsent(table, new Topic("id-" + table, partitions));
  }

  @Override
  public TopicOffsets ends(TableId table) {
    Topic topic = topics.get(table);
    return topic == null ? TopicOffsets.ofNoTopic() : TopicOffsets.of(topic.id, topic.ends);
  }

  @Override
  public Map<Integer, Long> committed(String peer, TableId table) {
    return committed.getOrDefault(peer, Map.of()).getOrDefault(table, Map.of());
  }
}
