package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.status.PauseReason;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what the trackers allow. An offset counts as committed when the broker has said so, never
 * when it was sent; at most one asynchronous commit is under way. Belongs to the poll thread.
 */
final class Commits {
  private static final Logger log = LoggerFactory.getLogger(Commits.class);

  /** What to do about it, for people. */
  static final String REFUSED =
      "the daemon may not read the topic, or commit offsets of it: grant its principal READ on it";

  /** After so long without an answer, another commit is sent. */
  private static final long ANSWER_NANOS = Duration.ofSeconds(60).toNanos();

  private static final long WARN_EVERY_NANOS = Duration.ofSeconds(60).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final PollObserver observer;
  private final LongSupplier nanos;
  private final long intervalNanos;
  private final java.util.function.Consumer<Set<String>> onRefused;
  private boolean underWay;
  private long sentNanos;
  private long warnedNanos;
  private boolean warned;

  /**
   * @param onRefused told of topics whose offsets the daemon may not commit, on the poll thread
   */
  Commits(
      Consumer<byte[], byte[]> consumer,
      PollObserver observer,
      LongSupplier nanos,
      Duration interval,
      java.util.function.Consumer<Set<String>> onRefused) {
    this.consumer = requireNonNull(consumer, "consumer");
    this.observer = requireNonNull(observer, "observer");
    this.nanos = requireNonNull(nanos, "nanos");
    this.intervalNanos = interval.toNanos();
    this.onRefused = requireNonNull(onRefused, "onRefused");
    this.sentNanos = nanos.getAsLong() - intervalNanos;
  }

  /** Sends a commit if the interval is over and there is something to commit. */
  void commitIfDue(Collection<PartitionWork> works) {
    long now = nanos.getAsLong();
    if (now - sentNanos < (underWay ? ANSWER_NANOS : intervalNanos)) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    Map<TopicPartition, PartitionWork> owners = new HashMap<>();
    for (PartitionWork work : works) {
      addTo(offsets, work);
      owners.put(work.partition(), work);
    }
    if (offsets.isEmpty()) {
      return;
    }
    underWay = true;
    sentNanos = now;
    consumer.commitAsync(
        offsets,
        (answered, failure) -> {
          underWay = false;
          observer.committed(failure == null, nanos.getAsLong() - now);
          if (failure == null) {
            answered.forEach((tp, offset) -> count(owners.get(tp), offset));
          } else if (failure instanceof TopicAuthorizationException refused) {
            // The broker has taken the others; they are counted with the next commit.
            onRefused.accept(refused.unauthorizedTopics());
          } else {
            warn(failure);
          }
        });
  }

  /** Told whether the daemon may not commit offsets of the topic. */
  @FunctionalInterface
  interface BeginListener {
    void answered(boolean isRefused);
  }

  /** Commits the first offset of a partition. */
  void begin(PartitionWork work, OffsetAndMetadata offset, BeginListener listener) {
    consumer.commitAsync(
        Map.of(work.partition(), offset),
        (answered, failure) -> {
          boolean isRefused = failure instanceof TopicAuthorizationException;
          if (failure != null && !isRefused) {
            warn(failure);
          }
          listener.answered(isRefused);
        });
  }

  /** Commits and waits for the answer, up to the timeout. Never throws for what Kafka says. */
  void commitNow(Collection<PartitionWork> works, Duration timeout) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (PartitionWork work : works) {
      addTo(offsets, work);
    }
    if (offsets.isEmpty()) {
      return;
    }
    long started = nanos.getAsLong();
    boolean committed = false;
    try {
      try {
        consumer.commitSync(offsets, timeout);
      } catch (WakeupException meantForPoll) {
        // A wake-up comes once, so the second attempt is not disturbed by it.
        consumer.commitSync(offsets, timeout);
      } catch (TopicAuthorizationException refused) {
        // The broker has taken the others, but only another answer says so.
        offsets.keySet().removeIf(each -> refused.unauthorizedTopics().contains(each.topic()));
        consumer.commitSync(offsets, timeout);
      }
      committed = true;
      for (PartitionWork work : works) {
        count(work, offsets.get(work.partition()));
      }
    } catch (KafkaException failure) {
      log.warn(
          "offsets were not committed, records will be applied again; partitions={} cause={}",
          offsets.keySet(),
          failure.toString());
    }
    observer.committed(committed, nanos.getAsLong() - started);
  }

  private static void addTo(Map<TopicPartition, OffsetAndMetadata> offsets, PartitionWork work) {
    if (work.isOpen()
        && work.tracker().committable() > work.committed()
        && !work.isPausedFor(PauseReason.TOPIC_UNAUTHORIZED)) {
      offsets.put(
          work.partition(), new OffsetAndMetadata(work.tracker().committable(), work.metadata()));
    }
  }

  private static void count(@Nullable PartitionWork work, @Nullable OffsetAndMetadata offset) {
    if (work != null && offset != null) {
      work.committed(offset.offset());
    }
  }

  private void warn(Exception failure) {
    long now = nanos.getAsLong();
    if (!warned || now - warnedNanos >= WARN_EVERY_NANOS) {
      warned = true;
      warnedNanos = now;
      log.warn("a commit failed and is tried again; cause={}", failure.toString());
    }
  }
}
