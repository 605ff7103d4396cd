package io.hrp.it.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.control.AuditEntry;
import io.hrp.control.ControlChange;
import io.hrp.control.ControlReader;
import io.hrp.control.ControlRefusedException;
import io.hrp.control.ControlUnavailableException;
import io.hrp.control.ControlUpdater;
import io.hrp.control.DaemonIdentity;
import io.hrp.control.DaemonStatus;
import io.hrp.control.RunState;
import io.hrp.control.Scope;
import io.hrp.control.SeenStatus;
import io.hrp.control.log.AuditReader;
import io.hrp.control.log.ControlFollower;
import io.hrp.control.log.ControlTopics;
import io.hrp.control.log.ControlWriter;
import io.hrp.control.log.StatusReader;
import io.hrp.control.log.StatusWriter;
import io.hrp.control.testing.ControlLogContract;
import io.hrp.it.env.Servers;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of the control log, and what only a real broker can show. */
class KafkaControlLogIT extends ControlLogContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final List<ControlFollower> followers = new ArrayList<>();

  private static Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", Servers.shared().broker().bootstrapServers());
  }

  @BeforeAll
  static void createTopics() {
    ControlTopics.ensure(kafka(), 1, TIMEOUT);
  }

  @AfterEach
  void closeFollowers() {
    followers.forEach(ControlFollower::close);
  }

  @Override
  protected ControlUpdater updater() {
    return writer(kafka(), TIMEOUT);
  }

  private static ControlWriter writer(Map<String, Object> kafka, Duration timeout) {
    return new ControlWriter(kafka, Clock.systemUTC(), System::nanoTime, timeout);
  }

  @Override
  protected ControlReader reader() {
    ControlFollower follower = ControlFollower.open(kafka(), Clock.systemUTC(), System::nanoTime);
    followers.add(follower);
    return follower;
  }

  @Override
  protected List<AuditEntry> audit() {
    return new AuditReader(kafka(), System::nanoTime, TIMEOUT).all();
  }

  @Test
  void existingTopicsAreLeftAsTheyAre() {
    ControlTopics.ensure(kafka(), 1, TIMEOUT);
  }

  @Test
  void aFollowerSeesAChangeWithinTwoSeconds() throws InterruptedException {
    ControlReader follower = reader();
    assertThat(follower.awaitFirstRead(TIMEOUT)).isTrue();
    Scope scope = Scope.ofTable(TableId.of("follow", "t"));

    long offset = updater().update("ann", "", state -> List.of(ControlChange.pause(scope)));

    Awaitility.await()
        .atMost(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> follower.current().state().controlOffset() >= offset);
    assertThat(follower.current().state().pauseAt(scope)).isPresent();
  }

  /** A writer that died in a transaction must not hide what others write. */
  @Test
  void aWriterThatDiedMidwayIsFencedAndLeavesNothingBehind() {
    Scope scope = Scope.ofTable(TableId.of("dead", "writer"));
    Map<String, Object> settings = new HashMap<>(kafka());
    settings.put("transactional.id", "hrp-control-writer");
    try (Producer<byte[], byte[]> dead =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      dead.initTransactions();
      dead.beginTransaction();
      Future<RecordMetadata> unfinished =
          dead.send(
              new ProducerRecord<>(
                  TopicNames.CONTROL, 0, bytes("table/dead:writer/blackout"), bytes("junk")));
      dead.flush();

      updater().update("ann", "", state -> List.of(ControlChange.pause(scope)));

      assertThat(unfinished).isDone();
      assertThatThrownBy(dead::commitTransaction).isInstanceOf(KafkaException.class);
    }
    updater()
        .update(
            "ann",
            "",
            state -> {
              assertThat(state.value("table/dead:writer/blackout")).isEmpty();
              assertThat(state.pauseAt(scope)).isPresent();
              return List.of();
            });
  }

  @Test
  void aRecordNobodyUnderstandsHoldsItsTableUntilItIsRemoved() throws Exception {
    TableId table = TableId.of("junk", "t");
    try (Producer<byte[], byte[]> other =
        new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
      other
          .send(
              new ProducerRecord<>(
                  TopicNames.CONTROL, 0, bytes("table/junk:t/blackout"), bytes("junk")))
          .get();
    }
    ControlReader reader = reader();
    assertThat(reader.awaitFirstRead(TIMEOUT)).isTrue();
    assertThat(reader.current().state().holdOf("east", table)).isPresent();

    updater().update("ann", "", state -> List.of(ControlChange.remove("table/junk:t/blackout")));

    Awaitility.await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> reader.current().state().holdOf("east", table).isEmpty());
  }

  @Test
  void aDaemonsReportIsReadBackAndReplaced() {
    DaemonIdentity daemon =
        DaemonIdentity.of("it-daemon", UUID.randomUUID(), "h", 1, Instant.now(), "test");
    try (StatusWriter writer = StatusWriter.open(kafka(), System::nanoTime);
        StatusReader reader =
            StatusReader.open(kafka(), Clock.systemUTC(), System::nanoTime, TIMEOUT)) {
      writer.report(DaemonStatus.of(daemon, Instant.now(), RunState.STARTING, -1, List.of()));
      writer.report(DaemonStatus.of(daemon, Instant.now(), RunState.RUNNING, 7, List.of()));

      Awaitility.await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(reader.latest())
                      .filteredOn(seen -> seen.status().daemonId().equals("it-daemon"))
                      .hasSize(1)
                      .allSatisfy(
                          seen -> {
                            assertThat(seen.status().controlOffset()).isEqualTo(7);
                            assertThat(seen.isLive(Instant.now())).isTrue();
                          }));

      writer.report(DaemonStatus.of(daemon, Instant.now(), RunState.STOPPED, 7, List.of()));
      Awaitility.await()
          .atMost(TIMEOUT)
          .until(() -> reader.latest().stream().noneMatch(KafkaControlLogIT::isLiveNow));
    }
  }

  private static boolean isLiveNow(SeenStatus seen) {
    return seen.status().daemonId().equals("it-daemon") && seen.isLive(Instant.now());
  }

  @Test
  void aBrokerOutOfReachIsARetriableFaultWithinTheTimeout() {
    Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:1");
    Duration timeout = Duration.ofSeconds(2);
    long started = System.nanoTime();

    assertThatThrownBy(() -> writer(nowhere, timeout).update("a", "", state -> List.of()))
        .isInstanceOf(ControlUnavailableException.class);
    assertThatThrownBy(() -> ControlTopics.ensure(nowhere, 1, timeout))
        .isInstanceOf(ControlUnavailableException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aReplicationThatTheBrokersCannotGiveIsRefusedNotRetried() {
    assertThatThrownBy(
            () -> {
              Servers.shared().broker().deleteTopics(List.of(TopicNames.STATUS));
              ControlTopics.ensure(kafka(), 3, TIMEOUT);
            })
        .isInstanceOf(ControlRefusedException.class);
    ControlTopics.ensure(kafka(), 1, TIMEOUT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
