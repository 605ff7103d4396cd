package io.hrp.control;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All intervals that concern one table on one peer. A snapshot: fetch a new one when the control
 * state changes. Immutable, safe for any thread; {@link #isEmpty} is the fast path.
 */
public final class Discards {
  private static final Discards NONE = new Discards(List.of(), null);

  private final List<DiscardInterval> intervals;
  private final @Nullable String topicId;

  private Discards(List<DiscardInterval> intervals, @Nullable String topicId) {
    this.intervals = List.copyOf(intervals);
    this.topicId = topicId;
  }

  /** For a table that was never disabled. */
  public static Discards none() {
    return NONE;
  }

  static Discards of(List<DiscardInterval> intervals) {
    return intervals.isEmpty() ? NONE : new Discards(intervals, null);
  }

  /**
   * The same intervals, read for a topic with this id: offsets recorded for an earlier topic of the
   * same name then say nothing about this one's records.
   */
  public Discards onTopic(String id) {
    return intervals.isEmpty() ? NONE : new Discards(intervals, requireNonNull(id, "id"));
  }

  /** Whether nothing was ever disabled, so that every verdict is to apply. */
  public boolean isEmpty() {
    return intervals.isEmpty();
  }

  /** Whether some interval is open, so that records yet to come will be discarded. */
  public boolean hasOpenInterval() {
    return intervals.stream().anyMatch(DiscardInterval::isOpen);
  }

  public List<DiscardInterval> intervals() {
    return intervals;
  }

  /**
   * Decides one record. Without {@link #onTopic} each interval's own topic ids are taken to be the
   * record's.
   */
  public Verdict verdict(int partition, long offset) {
    if (intervals.isEmpty()) {
      return Verdict.apply();
    }
    Set<String> settled = new HashSet<>();
    Set<String> byOpen = new HashSet<>();
    boolean recordByOpen = false;
    for (DiscardInterval interval : intervals) {
      if (!holds(interval, partition, offset)) {
        continue;
      }
      String family = interval.scope().family().orElse(null);
      if (family != null) {
        (interval.isOpen() ? byOpen : settled).add(family);
      } else if (interval.isOpen()) {
        recordByOpen = true;
      } else {
        return Verdict.discardRecord(false);
      }
    }
    if (recordByOpen) {
      return Verdict.discardRecord(true);
    }
    return families(settled, byOpen);
  }

  private boolean holds(DiscardInterval interval, int partition, long offset) {
    if (topicId != null) {
      return interval.holds(topicId, partition, offset);
    }
    long start = interval.from().endOf(partition);
    long end = interval.to().map(to -> to.endOf(partition)).orElse(Long.MAX_VALUE);
    return offset >= start && offset < end;
  }

  private static Verdict families(Set<String> settled, Set<String> byOpen) {
    if (settled.isEmpty() && byOpen.isEmpty()) {
      return Verdict.apply();
    }
    boolean open = !settled.containsAll(byOpen);
    settled.addAll(byOpen);
    return Verdict.discardFamilies(settled, open);
  }
}
