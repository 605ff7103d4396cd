package io.hrp.control;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * End offsets of a topic's partitions at one moment, with the topic's id: an offset says nothing
 * about a topic that was deleted and created again under the same name. Immutable.
 */
public final class TopicOffsets {
  private static final TopicOffsets NO_TOPIC = new TopicOffsets("", new TreeMap<>());

  private final String topicId;
  private final SortedMap<Integer, Long> offsets;

  private TopicOffsets(String topicId, SortedMap<Integer, Long> offsets) {
    this.topicId = requireNonNull(topicId, "topicId");
    this.offsets = Collections.unmodifiableSortedMap(offsets);
  }

  /** The topic did not exist at that moment. */
  public static TopicOffsets ofNoTopic() {
    return NO_TOPIC;
  }

  /**
   * Notes where each partition ended.
   *
   * @param topicId Kafka's id of the topic, as text
   * @param offsets from partition to end offset
   */
  public static TopicOffsets of(String topicId, Map<Integer, Long> offsets) {
    return new TopicOffsets(topicId, new TreeMap<>(offsets));
  }

  /** Empty if the topic did not exist. */
  public String topicId() {
    return topicId;
  }

  public SortedMap<Integer, Long> offsets() {
    return offsets;
  }

  /** The partition's end offset; 0 for a partition that did not exist at that moment. */
  public long endOf(int partition) {
    return offsets.getOrDefault(partition, 0L);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TopicOffsets
        && topicId.equals(((TopicOffsets) other).topicId)
        && offsets.equals(((TopicOffsets) other).offsets);
  }

  @Override
  public int hashCode() {
    return 31 * topicId.hashCode() + offsets.hashCode();
  }

  @Override
  public String toString() {
    return (topicId.isEmpty() ? "no topic" : topicId) + offsets;
  }
}
