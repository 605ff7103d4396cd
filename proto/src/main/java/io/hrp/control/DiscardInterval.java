package io.hrp.control;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table or family was disabled at one moment and, unless the interval is open, enabled at a later
 * one. Exactly the records between the two, per partition, are discarded.
 *
 * <p>How offsets are read when the topic changed meanwhile:
 *
 * <ul>
 *   <li>a partition (or topic) that did not exist at the start is discarded from offset 0: all its
 *       records are younger than the start;
 *   <li>one that did not exist at the end is not touched by a closed interval: all its records are
 *       younger than the end;
 *   <li>a topic deleted and created again counts as such a topic, which is why both ends carry the
 *       topic's id.
 * </ul>
 */
public final class DiscardInterval extends ControlValue {
  private final ControlKey key;
  private final TopicOffsets from;
  private final ChangeNote started;
  private final @Nullable TopicOffsets to;
  private final @Nullable ChangeNote ended;

  private DiscardInterval(
      ControlKey key,
      TopicOffsets from,
      ChangeNote started,
      @Nullable TopicOffsets to,
      @Nullable ChangeNote ended) {
    super(key.text(), ended == null ? started : ended);
    this.key = key;
    this.from = requireNonNull(from, "from");
    this.started = requireNonNull(started, "started");
    this.to = to;
    this.ended = ended;
    if (key.scope().table().isEmpty()) {
      throw new IllegalArgumentException("only a table can be disabled, not " + key.scope());
    }
  }

  /**
   * Starts an interval.
   *
   * @param number tells the intervals of a scope apart, from 1
   * @param from where each partition ended when the interval started
   */
  public static DiscardInterval open(
      Scope scope, int number, TopicOffsets from, ChangeNote started) {
    return new DiscardInterval(ControlKey.discard(scope, number), from, started, null, null);
  }

  /** This interval, ended. */
  public DiscardInterval closed(TopicOffsets end, ChangeNote note) {
    return new DiscardInterval(
        key, from, started, requireNonNull(end, "end"), requireNonNull(note, "note"));
  }

  public Scope scope() {
    return key.scope();
  }

  public int number() {
    return key.number();
  }

  public boolean isOpen() {
    return to == null;
  }

  public TopicOffsets from() {
    return from;
  }

  /** Absent while the interval is open. */
  public Optional<TopicOffsets> to() {
    return Optional.ofNullable(to);
  }

  public ChangeNote started() {
    return started;
  }

  /** Absent while the interval is open. */
  public Optional<ChangeNote> ended() {
    return Optional.ofNullable(ended);
  }

  /**
   * Whether a record lies in the interval.
   *
   * @param topicId the id of the topic the record was read from
   */
  public boolean holds(String topicId, int partition, long offset) {
    return offset >= firstDiscarded(topicId, partition)
        && offset < endOfDiscarded(topicId, partition);
  }

  private long firstDiscarded(String topicId, int partition) {
    return from.topicId().equals(topicId) ? from.endOf(partition) : 0;
  }

  private long endOfDiscarded(String topicId, int partition) {
    if (to == null) {
      return Long.MAX_VALUE;
    }
    return to.topicId().equals(topicId) ? to.endOf(partition) : 0;
  }
}
