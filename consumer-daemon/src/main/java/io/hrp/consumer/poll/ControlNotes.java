package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.offset.CommitMetadata;
import io.hrp.control.ControlChange;
import io.hrp.control.ControlException;
import io.hrp.control.ControlReader;
import io.hrp.control.ControlState;
import io.hrp.control.ControlUpdater;
import io.hrp.control.ControlView;
import io.hrp.control.DiscardInterval;
import io.hrp.control.Scope;
import io.hrp.control.StartPosition;
import io.hrp.control.TopicOffsets;
import io.hrp.control.TopicStart;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in the control topic what a daemon finds out about its peer: that the peer was seen, with
 * the partitions that existed then; for each table how many of its partitions have a first offset;
 * and which discarded intervals every peer has passed, which are then forgotten.
 *
 * <p>All of it is read from committed offsets after they were committed, by whichever daemon looks
 * next, so it never runs ahead of them, and a crash in between loses nothing. Belongs to the thread
 * that looks.
 */
final class ControlNotes {
  private static final Logger log = LoggerFactory.getLogger(ControlNotes.class);

  /** Who notes, and for whom. */
  record Asker(String peer, StartPosition start, String daemon) {}

  private record NamedTopic(String name, String id) {}

  private record Begun(TableId table, String topicId, int partitions) {}

  private final ClusterQuestions kafka;
  private final Asker asker;

  /** How long a passed interval stays: whoever has just enabled a table still finds it listed. */
  static final Duration PASSED_STAYS = Duration.ofMinutes(10);

  private final ControlReader control;
  private final ControlUpdater updater;
  private final Clock clock;

  ControlNotes(
      ClusterQuestions kafka,
      Asker asker,
      ControlReader control,
      ControlUpdater updater,
      Clock clock) {
    this.kafka = requireNonNull(kafka, "kafka");
    this.asker = requireNonNull(asker, "asker");
    this.control = requireNonNull(control, "control");
    this.updater = requireNonNull(updater, "updater");
    this.clock = requireNonNull(clock, "clock");
  }

  /** The consumer group of a peer. */
  static String groupOf(String peer) {
    return "hrp-" + peer;
  }

  /** Writes to the control topic what is not there yet. A failure is met by the next look. */
  void note(
      Map<String, ClusterQuestions.Topic> topics, Map<TopicPartition, OffsetAndMetadata> committed)
      throws InterruptedException, ExecutionException, TimeoutException {
    ControlView view = control.current();
    if (!view.complete()) {
      return;
    }
    ControlState state = view.state();
    Map<TableId, Integer> existing =
        state.peerRegistration(asker.peer()).isPresent() ? Map.of() : existingTables();
    List<Begun> begun = new ArrayList<>();
    Map<String, TopicOffsets> passed = new HashMap<>();
    for (Map.Entry<String, ClusterQuestions.Topic> each : topics.entrySet()) {
      Optional<TableId> table = TopicNames.tableOfDataTopic(each.getKey());
      if (table.isPresent()) {
        begun.add(begun(table.get(), each.getKey(), each.getValue(), committed));
        addPassed(state, table.get(), each.getKey(), each.getValue().id(), passed);
      }
    }
    if (changes(state, existing, begun, passed).isEmpty()) {
      return;
    }
    try {
      updater.update(
          asker.daemon(),
          passed.isEmpty() ? "partitions assigned" : "every peer has passed what was discarded",
          current -> changes(current, existing, begun, passed));
    } catch (ControlException failed) {
      log.warn(
          "could not note the peer's progress in hrp-control, will try again; peer={} cause={}",
          asker.peer(),
          failed.toString());
    }
  }

  private List<ControlChange> changes(
      ControlState state,
      Map<TableId, Integer> existing,
      List<Begun> begun,
      Map<String, TopicOffsets> passed) {
    List<ControlChange> changes = new ArrayList<>();
    if (state.peerRegistration(asker.peer()).isEmpty()) {
      changes.add(ControlChange.registerPeer(asker.peer(), asker.start(), existing));
    }
    for (Begun each : begun) {
      Optional<TopicStart> known = state.topicStart(asker.peer(), each.table());
      // Under another id nothing is changed: that the topic is another one is for a person to see.
      boolean isNews =
          known.isEmpty()
              || (known.get().topicId().equals(each.topicId())
                  && known.get().partitions() < each.partitions());
      if (each.partitions() > 0 && isNews) {
        changes.add(
            ControlChange.startTopic(
                asker.peer(), each.table(), each.topicId(), each.partitions()));
      }
      for (DiscardInterval interval : state.discardsOf(asker.peer(), each.table()).intervals()) {
        // The number, and so the key, may belong to another interval by now.
        if (interval.to().isPresent()
            && interval.to().get().equals(passed.get(interval.keyText()))) {
          changes.add(ControlChange.forget(interval));
        }
      }
    }
    return changes;
  }

  /** How many partitions from 0 on have a first offset that counts in the topic as it is now. */
  private static Begun begun(
      TableId table,
      String name,
      ClusterQuestions.Topic topic,
      Map<TopicPartition, OffsetAndMetadata> committed) {
    int partitions = 0;
    while (partitions < topic.partitions()
        && counts(committed.get(new TopicPartition(name, partitions)), topic.id())) {
      partitions++;
    }
    return new Begun(table, topic.id(), partitions);
  }

  /** Whether there is an offset and it counts in the topic of this id. */
  private static boolean counts(@Nullable OffsetAndMetadata offset, String topicId) {
    return offset != null
        && CommitMetadata.parse(offset.metadata())
            .map(each -> each.topicId().equals(topicId))
            .orElse(true);
  }

  /** Adds those closed intervals of a table that no peer has anything before or in any more. */
  private void addPassed(
      ControlState state,
      TableId table,
      String name,
      String topicId,
      Map<String, TopicOffsets> passed)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (DiscardInterval interval : state.discardsOf(asker.peer(), table).intervals()) {
      Optional<TopicOffsets> end = interval.to();
      if (end.isPresent()
          && mayGo(interval)
          && isPassed(state, interval.scope(), end.get(), new NamedTopic(name, topicId))) {
        passed.put(interval.keyText(), end.get());
      }
    }
  }

  private boolean mayGo(DiscardInterval interval) {
    return interval
        .ended()
        .map(note -> note.when().plus(PASSED_STAYS).isBefore(clock.instant()))
        .orElse(false);
  }

  private boolean isPassed(ControlState state, Scope scope, TopicOffsets to, NamedTopic topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!to.topicId().equals(topic.id())) {
      // It ends in a topic that is no more, so it holds no record of the one that is.
      return true;
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    to.offsets()
        .forEach((partition, end) -> ends.put(new TopicPartition(topic.name(), partition), end));
    for (String peer : scope.peer().map(Set::of).orElseGet(state::registeredPeers)) {
      Map<TopicPartition, OffsetAndMetadata> reached =
          kafka.committed(groupOf(peer), ends.keySet());
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        OffsetAndMetadata offset = reached.get(end.getKey());
        if (end.getValue() > 0
            && (offset == null
                || !counts(offset, topic.id())
                || offset.offset() < end.getValue())) {
          return false;
        }
      }
    }
    return true;
  }

  private Map<TableId, Integer> existingTables()
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<String> names = new HashSet<>();
    for (String name : kafka.topicNames()) {
      if (TopicNames.tableOfDataTopic(name).isPresent()) {
        names.add(name);
      }
    }
    Map<TableId, Integer> tables = new HashMap<>();
    kafka
        .topics(names, (topic, message) -> {})
        .forEach(
            (name, topic) ->
                TopicNames.tableOfDataTopic(name)
                    .ifPresent(table -> tables.put(table, topic.partitions())));
    return tables;
  }
}
