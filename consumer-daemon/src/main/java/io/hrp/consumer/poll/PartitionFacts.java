package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What Kafka says of a partition at one moment.
 *
 * @param topicId Kafka's id of the topic
 * @param isCompacted whether the topic's clean-up policy holds {@code compact}
 * @param committed the group's committed offset; empty if there is none
 * @param earliestOffset first offset that still exists
 * @param endOffset one above the last offset that exists
 */
record PartitionFacts(
    String topicId,
    boolean isCompacted,
    Optional<Committed> committed,
    long earliestOffset,
    long endOffset) {

  /** A committed offset and what stands beside it. */
  record Committed(long offset, String metadata) {}

  PartitionFacts {
    requireNonNull(topicId, "topicId");
    requireNonNull(committed, "committed");
  }
}
