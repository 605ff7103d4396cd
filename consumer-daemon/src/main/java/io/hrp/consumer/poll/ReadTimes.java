package io.hrp.consumer.poll;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows about when the oldest unapplied record of a partition was appended: one mark for each chunk
 * of records polled, with the broker's time of its first record. So the answer is exact to a chunk,
 * and errs to the old side.
 *
 * <p>Of records that were never read, no time is known; for them counts the moment at which they
 * were first noticed beyond the position. Belongs to the poll thread.
 */
final class ReadTimes {
  private record Mark(long offset, long timestampMs) {}

  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private @Nullable Instant unreadSince;

  /** A chunk begins with this record. */
  void add(long offset, long timestampMs) {
    Mark last = marks.peekLast();
    if (last == null || offset > last.offset()) {
      marks.addLast(new Mark(offset, timestampMs));
    }
  }

  /** Whether records stand beyond the position. */
  void endIs(boolean isBeyondPosition, Instant now) {
    if (!isBeyondPosition) {
      unreadSince = null;
    } else if (unreadSince == null) {
      unreadSince = now;
    }
  }

  /**
   * When the oldest unapplied record was appended.
   *
   * @param lowest the lowest unfinished offset
   * @param isDrained whether nothing is unfinished below the position
   * @return empty if there is no unapplied record
   */
  Optional<Instant> oldest(long lowest, long position, boolean isDrained) {
    while (marks.size() > 1 && secondOffset() <= lowest) {
      marks.removeFirst();
    }
    Mark first = marks.peekFirst();
    if (isDrained || first == null) {
      if (first != null && lowest >= position) {
        marks.clear();
      }
      return Optional.ofNullable(unreadSince);
    }
    return Optional.of(Instant.ofEpochMilli(first.timestampMs()));
  }

  void clear() {
    marks.clear();
    unreadSince = null;
  }

  private long secondOffset() {
    Mark first = marks.removeFirst();
    long offset = marks.getFirst().offset();
    marks.addFirst(first);
    return offset;
  }
}
