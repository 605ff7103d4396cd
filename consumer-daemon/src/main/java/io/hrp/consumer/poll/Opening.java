package io.hrp.consumer.poll;

import io.hrp.consumer.offset.CommitMetadata;
import io.hrp.consumer.status.PauseReason;
import io.hrp.control.ControlState;
import io.hrp.control.PeerRegistration;
import io.hrp.control.StartPosition;
import io.hrp.control.TopicStart;
import io.hrp.wire.TableId;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides whether, and from where, a partition is worked on. Pure.
 *
 * <p>A committed offset is only a number. It means something if it counts in the topic that exists
 * now, and if what lies below it went to the cluster that the peer points at now; both ids stand
 * beside it. Where a peer began is in the control topic, so an offset that is gone (expired,
 * deleted with its topic) is told apart from one that never was: only a partition that was never
 * begun starts without one.
 */
sealed interface Opening {
  /** Go on from here. */
  record Open(long offset) implements Opening {}

  /** Never begun: commit this offset first, then look again. */
  record Begin(long offset) implements Opening {}

  /** Not now. */
  record Refuse(PauseReason reason, String message) implements Opening {}

  static Opening decide(
      String peer,
      TableId table,
      int partition,
      PartitionFacts facts,
      UUID targetClusterId,
      ControlState control) {
    if (facts.isCompacted()) {
      return new Refuse(
          PauseReason.TOPIC_COMPACTED,
          "the topic is compacted: set its cleanup.policy to delete, and verify the table");
    }
    Optional<TopicStart> start = control.topicStart(peer, table);
    if (facts.committed().isPresent()) {
      return resume(facts, facts.committed().get(), targetClusterId, start);
    }
    if (start.isPresent() && !start.get().topicId().equals(facts.topicId())) {
      return recreated(start.get().topicId(), facts.topicId());
    }
    if (start.isPresent() && partition < start.get().partitions()) {
      return new Refuse(
          PauseReason.OFFSET_MISSING,
          "the partition was begun before, and the committed offset of group 'hrp-"
              + peer
              + "' is gone: say where to go on with a seek");
    }
    Optional<PeerRegistration> registration = control.peerRegistration(peer);
    if (registration.isEmpty()) {
      return new Refuse(PauseReason.STARTING, "the peer is not registered in hrp-control yet");
    }
    boolean latest = registration.get().startOf(table, partition) == StartPosition.LATEST;
    return new Begin(latest ? facts.endOffset() : facts.earliestOffset());
  }

  private static Opening resume(
      PartitionFacts facts,
      PartitionFacts.Committed committed,
      UUID targetClusterId,
      Optional<TopicStart> start) {
    Optional<CommitMetadata> metadata = CommitMetadata.parse(committed.metadata());
    // An offset without our metadata was set by someone with Kafka's own tools: take it, unless the
    // topic is known to be another one.
    Optional<String> topicId =
        metadata.map(CommitMetadata::topicId).or(() -> start.map(TopicStart::topicId));
    if (topicId.isPresent() && !topicId.get().equals(facts.topicId())) {
      return recreated(topicId.get(), facts.topicId());
    }
    if (metadata.isPresent() && !metadata.get().clusterId().equals(targetClusterId.toString())) {
      return new Refuse(
          PauseReason.CLUSTER_CHANGED,
          "the committed offset was reached on cluster "
              + metadata.get().clusterId()
              + ", the peer points at cluster "
              + targetClusterId);
    }
    if (committed.offset() < facts.earliestOffset()) {
      return new Refuse(
          PauseReason.OFFSETS_LOST,
          (facts.earliestOffset() - committed.offset())
              + " records from offset "
              + committed.offset()
              + " on were deleted before they were applied; the topic now begins at offset "
              + facts.earliestOffset());
    }
    if (committed.offset() > facts.endOffset()) {
      return new Refuse(
          PauseReason.OFFSETS_LOST,
          "the committed offset "
              + committed.offset()
              + " is beyond the end of the partition at offset "
              + facts.endOffset()
              + ": the topic was truncated");
    }
    return new Open(committed.offset());
  }

  private static Opening recreated(String before, String now) {
    return new Refuse(
        PauseReason.TOPIC_RECREATED,
        "the topic was deleted and created again: the offset counts in topic id "
            + before
            + ", the topic now has id "
            + now);
  }
}
