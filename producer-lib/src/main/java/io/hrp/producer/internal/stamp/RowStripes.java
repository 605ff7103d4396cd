package io.hrp.producer.internal.stamp;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks for rows, each with the timestamps last given under it.
 *
 * <p><b>Why a lock.</b> The daemon applies a row's records in the order of the partition, and HBase
 * shows the cell with the highest timestamp. The two agree only if the order in which timestamps
 * are given to a row is the order in which its records reach Kafka's accumulator. So giving the
 * timestamp and handing the record over happen under one lock, which all mutations of the row
 * share. Encoding, which needs the timestamp, happens under it too.
 *
 * <p><b>Why it is cheap.</b> Rows are spread over {@value #STRIPES} locks by their hash, so two
 * threads meet only by accident or on one row. Nothing under a lock waits in the normal course:
 * room in flight is reserved, and the topic's partitions are known, before it is taken; a row that
 * is ahead of the clock waits outside. Kafka's {@code send} can still wait (for its own memory, or
 * for metadata that has expired), bounded by {@code max.block.ms}; whoever needs the lock meanwhile
 * waits no longer than its own limit.
 *
 * <p>Safe for use by any thread.
 */
public final class RowStripes {
  /**
   * Eight threads then find a lock taken once in some twenty calls, and all fit a processor's
   * cache.
   */
  private static final int STRIPES = 128;

  /**
   * All records of a batch take much the same time; looking at the clock for each tells no more.
   */
  private static final int MEASURED = 8;

  /** A stripe whose clock has moved on so far since its last call looks whether it was set. */
  private static final long UNNOTICED_MS = 1_000;

  private final Stripe[] stripes = new Stripe[STRIPES];
  private final long maxAheadMs;

  public RowStripes(long maxAheadMs) {
    this.maxAheadMs = maxAheadMs;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  public Stripe stripeOf(long rowHash) {
    return stripes[(int) (rowHash >>> 48) & (STRIPES - 1)];
  }

  /** One lock and its rows. Lock it before asking for a timestamp. */
  public final class Stripe {
    private final ReentrantLock lock = new ReentrantLock();
    private final LastTimestamps last = new LastTimestamps();
    private int calls;
    private long lastWallMs;

    private Stripe() {}

    /** Takes the lock, waiting no longer than given. */
    public boolean tryLock(long timeoutNanos) throws InterruptedException {
      return lock.tryLock()
          || (timeoutNanos > 0 && lock.tryLock(timeoutNanos, TimeUnit.NANOSECONDS));
    }

    public void unlock() {
      lock.unlock();
    }

    /**
     * Counts the calls; true for the first and then for every {@value #MEASURED}th. The caller
     * holds the lock.
     */
    public boolean isMeasured() {
      return calls++ % MEASURED == 0;
    }

    /**
     * Whether the clock may have been set since the last call, which a long quiet time looks like
     * too. The caller holds the lock.
     */
    public boolean mayHaveJumped(long wallMs) {
      long moved = wallMs - lastWallMs;
      lastWallMs = wallMs;
      return moved > UNNOTICED_MS || moved < -UNNOTICED_MS;
    }

    /**
     * Gives the row its next timestamp, or a {@linkplain Stamp#isAhead refusal} that says how long
     * to wait for it. The caller holds the lock, and read the clock under it.
     */
    public long next(long rowHash, long wallMs) {
      long timestamp = last.peek(rowHash, wallMs);
      if (timestamp - wallMs > maxAheadMs) {
        return Stamp.ahead(timestamp - wallMs - maxAheadMs);
      }
      last.give(rowHash, timestamp);
      return timestamp;
    }
  }
}
