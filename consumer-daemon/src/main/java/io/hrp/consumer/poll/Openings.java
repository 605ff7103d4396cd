package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.dispatch.PartitionIdentity;
import io.hrp.consumer.dispatch.PartitionLanes;
import io.hrp.consumer.dispatch.PeerLanes;
import io.hrp.consumer.offset.CommitMetadata;
import io.hrp.consumer.retry.PoisonFlood;
import io.hrp.consumer.status.PauseReason;
import io.hrp.control.ControlState;
import io.hrp.wire.TableId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens partitions once all is known that has to be, and keeps asking while they run: whether the
 * topic is still the same one, the target still the same cluster, and where the partition ends.
 *
 * <p>Answers come from another thread through a queue. An answer counts for a partition only if its
 * look began after the partition was assigned (or last committed its beginning): an older one may
 * hold the committed offset of before. Everything else belongs to the poll thread.
 */
final class Openings {
  private static final Logger log = LoggerFactory.getLogger(Openings.class);

  /** What this class may say of a partition that is not open. */
  private static final Set<PauseReason> OWN_REASONS =
      EnumSet.of(
          PauseReason.STARTING,
          PauseReason.TARGET_UNAVAILABLE,
          PauseReason.TOPIC_RECREATED,
          PauseReason.CLUSTER_CHANGED,
          PauseReason.OFFSET_MISSING,
          PauseReason.OFFSETS_LOST,
          PauseReason.TOPIC_COMPACTED,
          PauseReason.TOPIC_UNAUTHORIZED);

  /** How soon to look again while a partition waits for what may come any moment. */
  private static final long HASTE_NANOS = 500_000_000L;

  private static final long LOOKS_PER_MINUTE = 120;
  private static final long PATIENT_LOOKS = 10;

  /**
   * @param updates of the consumer's metadata before the look began
   */
  private record Look(long number, long updates, PartitionLookup.Answer answer) {}

  private final PeerLanes peerLanes;
  private final PartitionLookup lookup;
  private final PollSettings settings;
  private final Commits commits;
  private final LongSupplier updates;
  private final LongSupplier nanos;
  private final Map<TableId, PoisonFlood> floods = new HashMap<>();
  private final ConcurrentLinkedQueue<Look> looks = new ConcurrentLinkedQueue<>();
  private long number;
  private long lookedNanos;
  private boolean underWay;
  private boolean wanted = true;
  private boolean waits;
  private boolean targetAway;
  private long looksWithoutTarget;

  Openings(
      PeerLanes peerLanes,
      PartitionLookup lookup,
      PollSettings settings,
      Commits commits,
      LongSupplier updates,
      LongSupplier nanos) {
    this.peerLanes = requireNonNull(peerLanes, "peerLanes");
    this.lookup = requireNonNull(lookup, "lookup");
    this.settings = requireNonNull(settings, "settings");
    this.commits = requireNonNull(commits, "commits");
    this.updates = requireNonNull(updates, "updates");
    this.nanos = requireNonNull(nanos, "nanos");
    this.lookedNanos = nanos.getAsLong();
  }

  /** A partition was assigned: no answer under way is about it. */
  void await(PartitionWork work) {
    work.distrustLooksUpTo(number);
    wanted = true;
  }

  /** Looks again soon. */
  void lookSoon() {
    wanted = true;
  }

  void lookIfDue(Assignment assignment) {
    long now = nanos.getAsLong();
    long interval = waits ? HASTE_NANOS : settings.lookInterval().toNanos();
    if (underWay || (!wanted && now - lookedNanos < interval)) {
      return;
    }
    wanted = false;
    lookedNanos = now;
    Set<TopicPartition> partitions = new HashSet<>();
    assignment.all().forEach(work -> partitions.add(work.partition()));
    if (partitions.isEmpty()) {
      return;
    }
    underWay = true;
    long mine = ++number;
    long updatesNow = updates.getAsLong();
    var unused =
        lookup.look(partitions).thenAccept(answer -> looks.add(new Look(mine, updatesNow, answer)));
  }

  /** Takes up what was answered since the last time. */
  void takeUp(Assignment assignment, ControlState control, Instant now) {
    for (Look look = looks.poll(); look != null; look = looks.poll()) {
      underWay = false;
      waits = false;
      targetAway = false;
      for (PartitionWork work : assignment.all()) {
        if (work.trusts(look.number())) {
          takeUp(work, look, control, now);
        }
      }
      warnOfTarget();
    }
  }

  /** Once for the peer, not for each partition; and not for the moment that connecting takes. */
  private void warnOfTarget() {
    looksWithoutTarget = targetAway ? looksWithoutTarget + 1 : 0;
    if (looksWithoutTarget % LOOKS_PER_MINUTE == PATIENT_LOOKS) {
      log.warn(
          "the target does not answer, its partitions wait; peer={} durationMs={}",
          peerLanes.peer(),
          looksWithoutTarget * (HASTE_NANOS / 1_000_000));
    }
  }

  private void takeUp(PartitionWork work, Look look, ControlState control, Instant now) {
    PartitionLookup.Answer answer = look.answer();
    PartitionFacts facts = answer.facts().get(work.partition());
    if (facts == null) {
      if (!work.isOpen()) {
        sayWhyUnknown(work, answer, now);
      }
      return;
    }
    work.endOffset(facts.endOffset(), now);
    if (work.isOpen() && isSameTopic(work, facts.topicId(), now)) {
      work.lanes().confirm(look.updates());
    }
    if (answer.targetClusterId().isEmpty()) {
      if (!work.isOpen()) {
        say(work, PauseReason.TARGET_UNAVAILABLE, "the target does not answer", now);
        targetAway = true;
      }
      return;
    }
    UUID clusterId = answer.targetClusterId().get();
    if (work.isOpen()) {
      recheck(work, facts, clusterId, now);
    } else {
      open(work, facts, clusterId, control, now);
      if (work.isOpen()) {
        work.lanes().confirm(look.updates());
      }
    }
  }

  private void sayWhyUnknown(PartitionWork work, PartitionLookup.Answer answer, Instant now) {
    String refusal = answer.refused().get(work.partition().topic());
    if (refusal != null) {
      say(work, PauseReason.TOPIC_UNAUTHORIZED, refusal, now);
    } else {
      say(work, PauseReason.STARTING, "not looked up: " + answer.trouble(), now);
    }
  }

  private void open(
      PartitionWork work, PartitionFacts facts, UUID clusterId, ControlState control, Instant now) {
    OptionalInt partitions = control.declaredPartitions(work.table());
    if (work.isBeginning() || partitions.isEmpty()) {
      return;
    }
    Opening opening =
        Opening.decide(
            peerLanes.peer(),
            work.table(),
            work.partition().partition(),
            facts,
            clusterId,
            control);
    if (opening instanceof Opening.Refuse refuse) {
      say(work, refuse.reason(), refuse.message(), now);
    } else if (opening instanceof Opening.Begin begin) {
      begin(work, facts, clusterId, begin.offset(), now);
    } else if (opening instanceof Opening.Open open) {
      work.open(lanes(work, facts.topicId(), partitions.getAsInt(), clusterId), open.offset());
      OWN_REASONS.forEach(work::lift);
      log.info(
          "partition opened; table={} partition={} offset={} peer={}",
          work.table(),
          work.partition().partition(),
          open.offset(),
          peerLanes.peer());
    }
  }

  private void begin(
      PartitionWork work, PartitionFacts facts, UUID clusterId, long offset, Instant now) {
    String metadata =
        new CommitMetadata(facts.topicId(), clusterId.toString(), Optional.empty()).toText();
    work.setBeginning(true);
    commits.begin(
        work,
        new OffsetAndMetadata(offset, metadata),
        isRefused -> {
          work.setBeginning(false);
          if (isRefused) {
            say(work, PauseReason.TOPIC_UNAUTHORIZED, Commits.REFUSED, now);
            work.distrustLooksUpTo(number);
          } else {
            await(work);
          }
        });
  }

  /** Gives an open partition lanes for another number of partitions. */
  void reopen(PartitionWork work, int partitions) {
    PartitionLanes before = work.lanes();
    PartitionIdentity identity = before.identity();
    work.replaceLanes(lanes(work, identity.topicId(), partitions, identity.targetClusterId()));
    work.lanes().confirm(before.confirmedUpdate());
  }

  private PartitionLanes lanes(PartitionWork work, String topicId, int partitions, UUID clusterId) {
    TableId table = work.table();
    return new PartitionLanes(
        peerLanes,
        new PartitionIdentity(
            table,
            work.partition().topic(),
            work.partition().partition(),
            topicId,
            partitions,
            clusterId),
        settings.lanes(),
        floods.computeIfAbsent(table, each -> new PoisonFlood(settings.maxPoisonPerMinute())));
  }

  /** Whether an open partition's topic has this id still; if not, the partition parks for good. */
  boolean isSameTopic(PartitionWork work, String topicId, Instant now) {
    if (work.isPausedFor(PauseReason.TOPIC_RECREATED)) {
      // Ids do not come back: who tells the old one now has not heard of the new one yet.
      return false;
    }
    String opened = work.lanes().identity().topicId();
    if (topicId.equals(opened)) {
      return true;
    }
    String message =
        "the topic was deleted and created again while it was read: id "
            + opened
            + " became "
            + topicId;
    work.pause(PauseReason.TOPIC_RECREATED, message, Optional.empty(), now);
    warn(work, PauseReason.TOPIC_RECREATED, message);
    return false;
  }

  private void recheck(PartitionWork work, PartitionFacts facts, UUID clusterId, Instant now) {
    PartitionIdentity identity = work.lanes().identity();
    keep(
        work,
        PauseReason.CLUSTER_CHANGED,
        clusterId.equals(identity.targetClusterId())
            ? null
            : "the peer now answers as cluster "
                + clusterId
                + ", it was "
                + identity.targetClusterId(),
        now);
    keep(
        work,
        PauseReason.TOPIC_COMPACTED,
        facts.isCompacted() ? "the topic was made compacted: set cleanup.policy to delete" : null,
        now);
    if (!work.runs()) {
      long lowest = work.tracker().committable();
      String lost = null;
      if (lowest < facts.earliestOffset()) {
        lost =
            (facts.earliestOffset() - lowest)
                + " records from offset "
                + lowest
                + " on were deleted before they were applied; the topic now begins at offset "
                + facts.earliestOffset();
      } else if (lowest > facts.endOffset()) {
        lost = "the topic ends at offset " + facts.endOffset() + ", offset " + lowest + " is next";
      }
      keep(work, PauseReason.OFFSETS_LOST, lost, now);
    }
  }

  private void keep(PartitionWork work, PauseReason reason, @Nullable String message, Instant now) {
    if (message == null) {
      work.lift(reason);
    } else if (work.pause(reason, message, Optional.empty(), now)) {
      warn(work, reason, message);
    }
  }

  /** Gives a partition that is not open this reason, in place of any other of ours. */
  private void say(PartitionWork work, PauseReason reason, String message, Instant now) {
    for (PauseReason each : OWN_REASONS) {
      if (each != reason) {
        work.lift(each);
      }
    }
    waits |= !reason.isOperators();
    if (work.pause(reason, message, Optional.empty(), now) && reason.isOperators()) {
      warn(work, reason, message);
    }
  }

  private void warn(PartitionWork work, PauseReason reason, String message) {
    log.warn(
        "partition waits: {}; table={} partition={} peer={} reason={}",
        message,
        work.table(),
        work.partition().partition(),
        peerLanes.peer(),
        reason.label());
  }
}
