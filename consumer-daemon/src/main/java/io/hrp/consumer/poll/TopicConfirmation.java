package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.dispatch.PartitionLanes;
import io.hrp.consumer.status.PauseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * Finds out whether what was polled comes from the topics that were opened, and not from ones made
 * anew under the same names.
 *
 * <p>A consumer can have moved on to another topic only with an update of its metadata ({@link
 * MetadataUpdates}). So a topic's id is asked for once after each update, not once a chunk; what is
 * polled meanwhile waits in the lanes' keeping. A topic that still has its id after the update was
 * never another one, since ids do not come back. The answer is as fresh as the broker that gives
 * it.
 *
 * <p>Answers come from another thread through a queue; everything else belongs to the poll thread.
 */
final class TopicConfirmation {
  /** At most one question in this time, whatever the consumer is told. */
  private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();

  /** What waits for longer is shown: an answer takes milliseconds. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private record Answer(long updates, Map<String, String> topicIds) {}

  private final PartitionLookup lookup;
  private final Openings openings;
  private final LongSupplier updates;
  private final LongSupplier nanos;
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private boolean underWay;
  private long askedNanos;

  /**
   * @param updates how often the consumer has taken up metadata
   */
  TopicConfirmation(
      PartitionLookup lookup, Openings openings, LongSupplier updates, LongSupplier nanos) {
    this.lookup = requireNonNull(lookup, "lookup");
    this.openings = requireNonNull(openings, "openings");
    this.updates = requireNonNull(updates, "updates");
    this.nanos = requireNonNull(nanos, "nanos");
    this.askedNanos = nanos.getAsLong() - INTERVAL_NANOS;
  }

  /** Asks again if the consumer was told something since the last answer. */
  void askIfDue(Assignment assignment, Instant now) {
    showWaiting(assignment, now);
    if (underWay) {
      return;
    }
    long current = updates.getAsLong();
    Set<String> topics = new HashSet<>();
    for (PartitionWork work : assignment.all()) {
      if (work.runs() && work.lanes().confirmedUpdate() < current) {
        topics.add(work.partition().topic());
      }
    }
    if (topics.isEmpty() || nanos.getAsLong() - askedNanos < INTERVAL_NANOS) {
      return;
    }
    askedNanos = nanos.getAsLong();
    underWay = true;
    var unused =
        lookup.topicIds(topics).thenAccept(found -> answers.add(new Answer(current, found)));
  }

  private void showWaiting(Assignment assignment, Instant now) {
    long patience = nanos.getAsLong() - PATIENCE_NANOS;
    for (PartitionWork work : assignment.all()) {
      if (work.isOpen() && work.lanes().isHoldingSince(patience)) {
        work.pause(
            PauseReason.TOPIC_UNCONFIRMED,
            "Kafka does not tell the topic's id, so it may be another topic by now",
            Optional.empty(),
            now);
      } else if (work.isPausedFor(PauseReason.TOPIC_UNCONFIRMED)) {
        work.lift(PauseReason.TOPIC_UNCONFIRMED);
      }
    }
  }

  /** Takes up what was answered since the last time. */
  void takeUp(Assignment assignment, Instant now) {
    for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
      underWay = false;
      for (PartitionWork work : assignment.all()) {
        String topicId = answer.topicIds().get(work.partition().topic());
        if (topicId != null && work.isOpen()) {
          takeUp(work, topicId, answer.updates(), now);
        }
      }
    }
  }

  private void takeUp(PartitionWork work, String topicId, long upTo, Instant now) {
    PartitionLanes lanes = work.lanes();
    if (openings.isSameTopic(work, topicId, now)) {
      lanes.confirm(upTo);
    }
  }
}
