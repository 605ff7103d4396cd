package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hrp.consumer.apply.FailureKind;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.dispatch.LaneRecord;
import io.hrp.consumer.dispatch.LaneReport;
import io.hrp.consumer.dispatch.PeerLanes;
import io.hrp.consumer.offset.OffsetTracker;
import io.hrp.consumer.status.PauseReason;
import io.hrp.consumer.status.PeerSnapshot;
import io.hrp.control.ControlReader;
import io.hrp.wire.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn of a peer's poll thread: take up what lanes report and what was looked up, follow the
 * control state, start and stop lanes, commit, poll, hand records over.
 *
 * <p><b>Delivery.</b> A record is registered with its partition's tracker before lanes see it, and
 * the tracker alone says what is committed. A partition that stops gives back what is not in
 * flight; when it goes on, the consumer is sent back to the lowest unfinished offset, and what has
 * finished meanwhile is skipped. It goes on only once its lanes are quiet, so that no two calls
 * hold one row.
 *
 * <p><b>Stalls.</b> Lanes report that a partition cannot go on, or Kafka says that the daemon may
 * not read its topic. It waits with a growing delay and tries again. Until what failed has been got
 * over, it reads no further than it had read before: otherwise each try would add to what has to be
 * read again.
 *
 * <p><b>Threads.</b> Everything but {@link #snapshot} and {@link #wakeUp} belongs to one thread. No
 * call blocks, save in the callbacks of a rebalance ({@link Rebalances}) and in {@link #close},
 * both for a bounded time.
 */
public final class PollStep {
  private static final Logger log = LoggerFactory.getLogger(PollStep.class);

  private static final Duration IDLE_POLL = Duration.ofMillis(100);

  /** While something is on its way that has no other means to call the poll thread. */
  private static final Duration ALERT_POLL = Duration.ofMillis(10);

  /**
   * What a step is made of.
   *
   * @param metadataUpdates how often the consumer has taken up metadata of the cluster
   * @param nanos the clock of the peer's lanes and of the control reader
   */
  record Parts(
      Consumer<byte[], byte[]> consumer,
      LongSupplier metadataUpdates,
      PeerLanes lanes,
      PartitionLookup lookup,
      ControlReader control,
      PollObserver observer,
      PollSettings settings,
      LongSupplier nanos,
      Clock clock) {
    Parts {
      requireNonNull(consumer, "consumer");
      requireNonNull(metadataUpdates, "metadataUpdates");
      requireNonNull(lanes, "lanes");
      requireNonNull(lookup, "lookup");
      requireNonNull(control, "control");
      requireNonNull(observer, "observer");
      requireNonNull(settings, "settings");
      requireNonNull(nanos, "nanos");
      requireNonNull(clock, "clock");
    }
  }

  private final Parts parts;
  private final Assignment assignment = new Assignment();
  private final Commits commits;
  private final Openings openings;
  private final TopicConfirmation confirmation;
  private final Steering steering;
  private final PeerView view;
  private final MemoryGate memory;
  private final List<PartitionWork> leftBehind = new ArrayList<>();
  private final Rebalances rebalances;
  private boolean draining;
  private boolean hurries;
  private long polledNanos;

  PollStep(Parts parts) {
    this.parts = requireNonNull(parts, "parts");
    this.commits =
        new Commits(
            parts.consumer(),
            parts.observer(),
            parts.nanos(),
            parts.settings().commitInterval(),
            this::refused);
    this.openings =
        new Openings(
            parts.lanes(),
            parts.lookup(),
            parts.settings(),
            commits,
            parts.metadataUpdates(),
            parts.nanos());
    this.confirmation =
        new TopicConfirmation(parts.lookup(), openings, parts.metadataUpdates(), parts.nanos());
    this.steering = new Steering(parts.lanes().peer(), parts.control(), openings);
    this.memory = new MemoryGate(parts.lanes().budget());
    this.view = new PeerView(parts.consumer(), parts.lanes(), steering, parts.nanos());
    this.polledNanos = parts.nanos().getAsLong();
    this.rebalances =
        new Rebalances(parts, assignment, openings, commits, this::takeUpReports, () -> hurries);
    parts.consumer().subscribe(TopicNames.dataTopicPattern(), rebalances);
  }

  /** One turn. */
  void runOnce() {
    Instant now = parts.clock().instant();
    takeUpReports();
    steering.steer(assignment, now);
    openings.takeUp(assignment, steering.state(), now);
    confirmation.takeUp(assignment, now);
    for (PartitionWork work : assignment.all()) {
      align(work, now);
    }
    memory.regulate(assignment.all(), now);
    applyPauses();
    commits.commitIfDue(assignment.all());
    openings.lookIfDue(assignment);
    confirmation.askIfDue(assignment, now);
    view.showIfDue(assignment, now);
    poll();
  }

  /** How the peer is doing, a quarter of a second old at most while the thread turns. */
  public PeerSnapshot snapshot() {
    return view.snapshot();
  }

  /** Ends a poll that is under way, or the next one. */
  public void wakeUp() {
    parts.consumer().wakeup();
  }

  /** From now on nothing is read any more, while lanes go on with what they hold. */
  void drain() {
    draining = true;
  }

  /** From now on nothing is waited for: what is in flight stays uncommitted. */
  void hurry() {
    hurries = true;
  }

  /** Whether no lane holds anything. */
  boolean isQuiet() {
    return assignment.all().stream()
        .allMatch(work -> !work.isOpen() || (work.lanes().isQuiet() && !work.lanes().isHolding()));
  }

  /**
   * Lets all partitions go as at a revocation, and closes the consumer. Lanes whose calls have not
   * returned within the revoke timeout stay behind, stopped.
   */
  void close(Duration timeout) {
    List<PartitionWork> works = new ArrayList<>(assignment.all());
    leftBehind.addAll(works);
    try {
      // The consumer may leave without the callback, as a static member does.
      rebalances.onPartitionsRevoked(works.stream().map(PartitionWork::partition).toList());
      parts.consumer().close(CloseOptions.timeout(timeout));
    } finally {
      works.stream().filter(PartitionWork::isOpen).forEach(work -> work.lanes().stop());
      Set<TopicPartition> left =
          Set.copyOf(assignment.all().stream().map(PartitionWork::partition).toList());
      assignment.remove(left);
      view.show(assignment);
    }
  }

  /** Whether the lanes that {@link #close} has left behind hold nothing any more. */
  boolean isQuietAfterClose() {
    return leftBehind.stream().allMatch(work -> !work.isOpen() || work.lanes().isQuiet());
  }

  private void takeUpReports() {
    for (LaneReport report = parts.lanes().pollReport();
        report != null;
        report = parts.lanes().pollReport()) {
      Optional<PartitionWork> owner = assignment.ownerOf(report);
      if (owner.isEmpty()) {
        continue;
      }
      PartitionWork work = owner.get();
      if (report instanceof LaneReport.Finished finished) {
        OffsetTracker tracker = work.tracker();
        for (int i = 0; i < finished.size(); i++) {
          tracker.finish(finished.offset(i));
        }
        work.noticeProgress();
      } else if (report instanceof LaneReport.Stalled stalled) {
        stall(work, stalled.reason(), stalled.message(), stalled.failure());
      }
    }
  }

  private void stall(
      PartitionWork work, PauseReason reason, String message, Optional<FailureReason> failure) {
    boolean isNew = work.stalls() == 0;
    boolean first = !work.isStalled();
    work.pause(reason, message, failure, parts.clock().instant());
    if (first) {
      FailureKind kind = reason.isOperators() ? FailureKind.OPERATORS : FailureKind.RETRIABLE;
      long delayMs = parts.lanes().retryPolicy().stallDelayMs(kind, work.stalls());
      work.stalled(reason, parts.nanos().getAsLong() + delayMs * 1_000_000);
    }
    if (isNew) {
      log.warn(
          "partition waits: {}; table={} partition={} offset={} peer={} reason={}",
          message,
          work.table(),
          work.partition().partition(),
          work.tracker().committable(),
          parts.lanes().peer(),
          failure.map(each -> each.label()).orElse(reason.label()));
    }
  }

  /** Makes a partition's lanes run or not, as its reasons say. */
  private void align(PartitionWork work, Instant now) {
    if (!work.isOpen()) {
      return;
    }
    if (draining) {
      work.pause(PauseReason.STOPPING, "the daemon stops", Optional.empty(), now);
    }
    if (work.runs()) {
      work.noticeSilence(parts.nanos().getAsLong());
      if (!work.mayWork()) {
        work.lanes().stop();
        work.setRuns(false);
      }
      return;
    }
    work.lanes().stop();
    work.liftDueStalls(parts.nanos().getAsLong());
    if (work.mayWork() && !draining && work.lanes().isQuiet()) {
      // Quiet lanes have reported everything; what has finished must not be handed out again.
      takeUpReports();
      if (!work.mayWork()) {
        return;
      }
      work.lift(PauseReason.MEMORY);
      work.lift(PauseReason.PROBING);
      parts.consumer().seek(work.partition(), work.tracker().committable());
      work.lanes().start();
      work.setRuns(true);
    }
  }

  private void applyPauses() {
    Set<TopicPartition> paused = parts.consumer().paused();
    List<TopicPartition> toPause = new ArrayList<>(0);
    List<TopicPartition> toResume = new ArrayList<>(0);
    for (PartitionWork work : assignment.all()) {
      boolean reads = work.runs() && work.mayRead();
      if (reads == paused.contains(work.partition())) {
        (reads ? toResume : toPause).add(work.partition());
      }
    }
    if (!toPause.isEmpty()) {
      parts.consumer().pause(toPause);
    }
    if (!toResume.isEmpty()) {
      parts.consumer().resume(toResume);
    }
  }

  private void poll() {
    boolean alert =
        assignment.all().stream()
            .anyMatch(
                work ->
                    !work.isOpen()
                        || work.lanes().isHolding()
                        || (!work.runs() && !work.lanes().isQuiet()));
    long now = parts.nanos().getAsLong();
    parts.observer().polledAfter(now - polledNanos);
    polledNanos = now;
    try {
      take(parts.consumer().poll(alert || draining ? ALERT_POLL : IDLE_POLL));
    } catch (WakeupException wanted) {
      // Somebody has something for the next turn.
      return;
    } catch (OffsetOutOfRangeException outOfRange) {
      outOfRange.offsetOutOfRangePartitions().forEach(this::lostOffsets);
    } catch (TopicAuthorizationException refusal) {
      if (!refused(refusal.unauthorizedTopics())) {
        // Nothing that could be set aside: it would come again with every poll.
        throw refusal;
      }
    }
  }

  /** The daemon may not read these topics. Returns whether any open partition is concerned. */
  @CanIgnoreReturnValue
  private boolean refused(Set<String> topics) {
    boolean isConcerned = false;
    for (PartitionWork work : assignment.all()) {
      if (topics.contains(work.partition().topic()) && work.isOpen()) {
        isConcerned = true;
        stall(work, PauseReason.TOPIC_UNAUTHORIZED, Commits.REFUSED, Optional.empty());
      }
    }
    return isConcerned;
  }

  private void lostOffsets(TopicPartition partition, long offset) {
    PartitionWork work = assignment.get(partition);
    if (work == null) {
      return;
    }
    String message = "offset " + offset + " does not exist any more";
    if (work.pause(PauseReason.OFFSETS_LOST, message, Optional.empty(), parts.clock().instant())) {
      log.error(
          "records are lost or the topic is another one: {}; table={} partition={} offset={}"
              + " peer={}",
          message,
          work.table(),
          partition.partition(),
          offset,
          parts.lanes().peer());
    }
    openings.lookSoon();
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    if (records.isEmpty()) {
      return;
    }
    long now = parts.nanos().getAsLong();
    // After the poll: what it returned was asked for under this update at the latest.
    long updates = parts.metadataUpdates().getAsLong();
    for (TopicPartition partition : records.partitions()) {
      PartitionWork work = assignment.get(partition);
      // Records of a partition that is not, or no longer, worked on: it is rewound when it goes on.
      if (work != null && work.runs()) {
        take(work, records.records(partition), updates, now);
      }
    }
  }

  private void take(
      PartitionWork work, List<ConsumerRecord<byte[], byte[]>> records, long updates, long now) {
    OffsetTracker tracker = work.tracker();
    List<LaneRecord> chunk = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (tracker.register(record.offset())) {
        chunk.add(
            new LaneRecord(record.offset(), record.timestamp(), record.key(), record.value(), now));
      }
    }
    ConsumerRecord<byte[], byte[]> first = records.get(0);
    work.read(first.offset(), first.timestamp());
    parts.observer().polled(work.table(), records.size());
    long next = records.get(records.size() - 1).offset() + 1;
    if (work.hasProbedEnough(next)) {
      work.pause(
          PauseReason.PROBING,
          "what failed is tried again before newer records are read",
          Optional.empty(),
          parts.clock().instant());
    }
    if (chunk.isEmpty()) {
      return;
    }
    if (updates <= work.lanes().confirmedUpdate()) {
      work.lanes().offer(chunk);
    } else {
      work.lanes().hold(chunk, updates);
    }
  }
}
