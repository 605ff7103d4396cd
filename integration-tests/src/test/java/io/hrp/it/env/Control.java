package io.hrp.it.env;

import io.hrp.control.ControlChange;
import io.hrp.control.ControlState;
import io.hrp.control.ControlUpdater;
import io.hrp.control.ControlValue;
import io.hrp.control.DaemonStatus;
import io.hrp.control.Scope;
import io.hrp.control.SeenStatus;
import io.hrp.control.StatusSource;
import io.hrp.control.log.ControlTopics;
import io.hrp.control.log.ControlWriter;
import io.hrp.control.log.StatusReader;
import io.hrp.wire.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What operators decide and what daemons report, for tests: both through the topics that HRP's own
 * programs use. Thread-safe.
 */
public final class Control {
  private static final String WHO = "integration test";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Broker broker;
  private final ControlUpdater updater;
  private final StatusSource statuses;

  Control(Broker broker) {
    Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    ControlTopics.ensure(kafka, 1, TIMEOUT);
    this.broker = broker;
    this.updater = new ControlWriter(kafka, Clock.systemUTC(), System::nanoTime, TIMEOUT);
    this.statuses = StatusReader.open(kafka, Clock.systemUTC(), System::nanoTime, TIMEOUT);
  }

  /** For what has no method here. */
  public ControlUpdater updater() {
    return updater;
  }

  /** The latest reports of daemons that run. */
  public List<DaemonStatus> liveDaemons() {
    Instant now = Instant.now();
    return statuses.latest().stream()
        .filter(seen -> seen.isLive(now))
        .map(SeenStatus::status)
        .toList();
  }

  /** Creates a table's topic and dead-letter topic and declares the count of partitions. */
  public void createTopics(TestTable table) {
    broker.createTopic(
        TopicNames.dataTopic(table.id()),
        table.partitions(),
        Map.of("cleanup.policy", "delete", "message.timestamp.type", "LogAppendTime"));
    broker.createTopic(
        TopicNames.deadLetterTopic(table.id()),
        table.partitions(),
        Map.of(
            "cleanup.policy",
            "delete",
            "retention.ms",
            "-1",
            "max.message.bytes",
            Integer.toString((1 << 20) + 12 + (64 << 10))));
    change(ControlChange.declarePartitions(table.id(), table.partitions()));
  }

  /** Pauses all tables of a peer, a table on all peers, or a table on one peer. */
  public long pause(Scope scope) {
    return change(ControlChange.pause(scope));
  }

  public long resume(Scope scope) {
    return change(ControlChange.resume(scope));
  }

  /** Writes changes; returns the control offset from which they hold. */
  public long change(ControlChange... changes) {
    return updater.update(WHO, "", state -> List.of(changes));
  }

  /** What the control topic says now. */
  public ControlState state() {
    List<ControlState> seen = new ArrayList<>();
    updater.update(
        WHO,
        "",
        state -> {
          seen.add(state);
          return List.of();
        });
    return seen.get(seen.size() - 1);
  }

  /** Removes every record whose key speaks of a test's peers or tables. */
  void forget(String token) {
    updater.update(
        WHO,
        "the test has ended",
        state ->
            state.values().stream()
                .map(ControlValue::keyText)
                .filter(key -> key.matches(".*[-]" + token + "([-_/].*)?"))
                .map(ControlChange::remove)
                .toList());
  }
}
