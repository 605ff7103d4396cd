package io.hrp.producer.internal.stamp;

import java.util.Arrays;

/**
 * The timestamps last given to rows, kept only as long as they matter: until the wall clock has
 * passed them.
 *
 * <p>Rows are known by a hash of 64 bits. Two rows with one hash share an entry, which bumps one of
 * them without need and harms nothing, so no row is copied and nothing is allocated per call.
 *
 * <p>Bounded: when more than {@link #MAX_ENTRIES} rows have a timestamp the clock has not passed,
 * all are dropped and every row begins above the highest of them. Rows then run ahead that need
 * not, but none ever goes back. The same holds when the wall clock is set back: the time used here
 * never falls.
 *
 * <p>Not safe for use by several threads: guarded by the lock of its stripe.
 */
final class LastTimestamps {
  /** A stripe sees few rows within one millisecond; this many means the clock stands still. */
  static final int MAX_ENTRIES = 512;

  private static final int MIN_CAPACITY = 16;
  private static final int MAX_CAPACITY = 2 * MAX_ENTRIES;

  private long[] hashes = new long[MIN_CAPACITY];
  private long[] timestamps = new long[MIN_CAPACITY];
  private int size;
  private long now = Long.MIN_VALUE;
  private long newest = Long.MIN_VALUE;
  private long floor = Long.MIN_VALUE;

  /**
   * The timestamp that the row would get: the clock's, or one more than its last. Changes nothing
   * that a caller can see; {@link #give} does.
   */
  long peek(long rowHash, long wallMs) {
    advance(wallMs);
    int slot = slotOf(rowHash);
    long base = Math.max(now, floor + 1);
    return hashes[slot] == 0 ? base : Math.max(base, timestamps[slot] + 1);
  }

  /** Records that the row got a timestamp, which must be what {@link #peek} just said. */
  void give(long rowHash, long timestamp) {
    int slot = slotOf(rowHash);
    if (hashes[slot] == 0) {
      if (2 * (size + 1) > hashes.length && !makeRoom()) {
        floor = newest;
        clear();
      }
      slot = slotOf(rowHash);
      hashes[slot] = keyOf(rowHash);
      size++;
    }
    timestamps[slot] = timestamp;
    newest = Math.max(newest, timestamp);
  }

  int size() {
    return size;
  }

  private void advance(long wallMs) {
    if (wallMs > now) {
      now = wallMs;
      if (size > 0 && newest < now) {
        clear();
      }
    }
  }

  /** Drops what the clock has passed, or doubles; false if neither helps. */
  private boolean makeRoom() {
    long[] oldHashes = hashes;
    long[] oldTimestamps = timestamps;
    int alive = 0;
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != 0 && oldTimestamps[i] >= now) {
        alive++;
      }
    }
    int capacity = oldHashes.length;
    while (4 * (alive + 1) > capacity && capacity < MAX_CAPACITY) {
      capacity *= 2;
    }
    if (2 * (alive + 1) > capacity) {
      return false;
    }
    hashes = new long[capacity];
    timestamps = new long[capacity];
    size = alive;
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != 0 && oldTimestamps[i] >= now) {
        int slot = slotOf(oldHashes[i]);
        hashes[slot] = oldHashes[i];
        timestamps[slot] = oldTimestamps[i];
      }
    }
    return true;
  }

  private void clear() {
    if (hashes.length > 4 * MIN_CAPACITY) {
      hashes = new long[MIN_CAPACITY];
      timestamps = new long[MIN_CAPACITY];
    } else {
      Arrays.fill(hashes, 0);
    }
    size = 0;
  }

  /** The row's slot, or the empty one it would take. */
  private int slotOf(long rowHash) {
    long key = keyOf(rowHash);
    int mask = hashes.length - 1;
    int slot = (int) (key ^ (key >>> 32)) & mask;
    while (hashes[slot] != 0 && hashes[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static long keyOf(long rowHash) {
    return rowHash == 0 ? 1 : rowHash;
  }
}
