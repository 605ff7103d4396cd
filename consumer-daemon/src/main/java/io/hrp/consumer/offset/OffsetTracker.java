package io.hrp.consumer.offset;

import java.util.Arrays;

/**
 * Knows for one assignment of one partition which offsets are unfinished, and so what may be
 * committed.
 *
 * <p><b>Invariant.</b> Every offset below {@link #committable()} is finished or does not exist; the
 * offset {@code committable()} itself is unfinished, or it is the position and nothing is
 * unfinished. Offsets are registered in the order in which they are read; they finish in any order.
 *
 * <p><b>Gaps.</b> An offset that is jumped over (transaction markers) counts as finished.
 *
 * <p><b>Rewind.</b> The consumer may be sent back to the lowest unfinished offset at any time. The
 * offsets above it that have finished meanwhile are remembered, so {@link #register} says of each
 * record that comes a second time whether it still has to be worked on. That is what keeps a record
 * that has been dead-lettered, or discarded and counted, from being so a second time.
 *
 * <p><b>Shape.</b> One bit for each offset between the lowest unfinished one and the position, in a
 * ring of words that grows by doubling: a bit is set when the offset has finished. All words
 * outside of that range are zero. No object is allocated for an offset.
 *
 * <p>An instance stands for one assignment: after a revocation the partition gets a new one, so a
 * completion that arrives late finds nobody to tell. Not safe for concurrent use; the poll thread
 * owns it.
 */
public final class OffsetTracker {
  private static final int INITIAL_WORDS = 64;

  private long[] finished = new long[INITIAL_WORDS];
  private long lowest;
  private long position;
  private long unfinished;

  /**
   * @param position offset of the first record to be read
   */
  public OffsetTracker(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("position must not be negative, got " + position);
    }
    this.lowest = position;
    this.position = position;
  }

  /**
   * Takes note of a record that was read.
   *
   * @return whether it is to be worked on: false if it was read a second time and has finished
   */
  public boolean register(long offset) {
    if (offset < position) {
      return offset >= lowest && !isSet(offset);
    }
    skipTo(offset);
    ensureRoomFor(offset);
    position = offset + 1;
    unfinished++;
    return true;
  }

  /**
   * Takes note that nothing stands between the position and {@code newPosition}: the consumer has
   * moved on without returning a record. Does nothing if the position is not below it.
   */
  public void skipTo(long newPosition) {
    if (newPosition <= position) {
      return;
    }
    if (unfinished == 0) {
      lowest = newPosition;
    } else {
      ensureRoomFor(newPosition - 1);
      setRange(position, newPosition);
    }
    position = newPosition;
  }

  /**
   * Takes note that the work on a record is over.
   *
   * @return false if it was over before
   * @throws IllegalArgumentException if the offset was never registered
   */
  public boolean finish(long offset) {
    if (offset >= position) {
      throw new IllegalArgumentException(
          "offset " + offset + " finished but was never registered; position is " + position);
    }
    if (offset < lowest || isSet(offset)) {
      return false;
    }
    finished[slot(offset)] |= bit(offset);
    unfinished--;
    if (offset == lowest) {
      advance();
    }
    return true;
  }

  /** The lowest unfinished offset, or the position when nothing is unfinished. */
  public long committable() {
    return lowest;
  }

  /** One above the highest offset known. */
  public long position() {
    return position;
  }

  /** How many records are registered and not finished. */
  public long unfinished() {
    return unfinished;
  }

  /** Whether everything that was registered has finished. */
  public boolean isDrained() {
    return unfinished == 0;
  }

  private void advance() {
    if (unfinished == 0) {
      clearWords(lowest, position);
      lowest = position;
      return;
    }
    long next = lowest;
    long inverted = ~finished[slot(next)] & (-1L << (next & 63));
    while (inverted == 0) {
      next = (next | 63) + 1;
      inverted = ~finished[slot(next)];
    }
    next = (next & ~63L) + Long.numberOfTrailingZeros(inverted);
    clearWords(lowest, next & ~63L);
    lowest = next;
  }

  /** Zeroes the words that hold offsets from {@code from} up to but not including {@code to}. */
  private void clearWords(long from, long to) {
    for (long word = from >>> 6; word << 6 < to; word++) {
      finished[(int) (word & (finished.length - 1))] = 0;
    }
  }

  private void setRange(long from, long to) {
    long offset = from;
    while (offset < to) {
      if ((offset & 63) == 0 && to - offset >= 64) {
        finished[slot(offset)] = -1L;
        offset += 64;
      } else {
        finished[slot(offset)] |= bit(offset);
        offset++;
      }
    }
  }

  private void ensureRoomFor(long offset) {
    long words = (offset >>> 6) - (lowest >>> 6) + 1;
    if (words <= finished.length) {
      return;
    }
    if (words > 1 << 24) {
      throw new IllegalStateException(
          "offset " + offset + " is " + (offset - lowest) + " above the lowest unfinished one");
    }
    long[] old = finished;
    int length = Integer.highestOneBit((int) words - 1) << 1;
    long[] grown = new long[length];
    for (long word = lowest >>> 6; word << 6 < position; word++) {
      grown[(int) (word & (length - 1))] = old[(int) (word & (old.length - 1))];
    }
    finished = grown;
  }

  private boolean isSet(long offset) {
    return (finished[slot(offset)] & bit(offset)) != 0;
  }

  private int slot(long offset) {
    return (int) ((offset >>> 6) & (finished.length - 1));
  }

  private static long bit(long offset) {
    return 1L << (offset & 63);
  }

  @Override
  public String toString() {
    return "lowest="
        + lowest
        + " position="
        + position
        + " unfinished="
        + unfinished
        + " words="
        + Arrays.stream(finished).filter(word -> word != 0).count();
  }
}
