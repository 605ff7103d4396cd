package io.hrp.producer.internal.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the bytes and the records in flight. Whoever finds no room waits, first come first served,
 * so that a large mutation is not starved by small ones.
 *
 * <p>Both counts stand in one atomic {@code long} (records in the upper {@value #RECORD_BITS} bits,
 * bytes below), so taking and giving back cost one atomic step each. Only the first waiter, the
 * head, looks for room; the others queue on a fair lock behind it. Newcomers join the queue while
 * anyone waits.
 *
 * <p>Giving back wakes the head only when its bytes fit and an eighth of the room is free: waking
 * it for every record would make the threads take turns record by record. No wake-up is lost: the
 * head makes itself known before it looks again, and the giver gives back before it looks for a
 * head, so at least one sees the other. Nothing in flight always means room, hence a bound on every
 * wait.
 *
 * <p>Safe for use by any thread.
 */
public final class InFlightLimit {
  /** What became of a request for room. */
  public enum Admission {
    ADMITTED,
    TIMED_OUT,
    CLOSED
  }

  private static final int RECORD_BITS = 23;
  private static final int BYTE_BITS = 64 - 1 - RECORD_BITS;
  private static final long BYTE_MASK = (1L << BYTE_BITS) - 1;
  private static final long ONE_RECORD = 1L << BYTE_BITS;

  /** The highest limits that the packed counts can hold with room for one record more. */
  public static final long HIGHEST_BYTES = BYTE_MASK / 2;

  public static final int HIGHEST_RECORDS = (1 << (RECORD_BITS - 1)) - 1;

  private final long maxBytes;
  private final long maxRecords;
  private final LongSupplier nanoTime;
  private final AtomicLong inFlight = new AtomicLong();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicReference<@Nullable Waiter> head = new AtomicReference<>();
  private final ReentrantLock turn = new ReentrantLock(true);
  private volatile boolean closed;

  public InFlightLimit(long maxBytes, int maxRecords, LongSupplier nanoTime) {
    if (maxBytes < 1
        || maxBytes > HIGHEST_BYTES
        || maxRecords < 1
        || maxRecords > HIGHEST_RECORDS) {
      throw new IllegalArgumentException(
          "limits must be 1 to "
              + HIGHEST_BYTES
              + " bytes and 1 to "
              + HIGHEST_RECORDS
              + " records, got "
              + maxBytes
              + " and "
              + maxRecords);
    }
    this.maxBytes = maxBytes;
    this.maxRecords = maxRecords;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes room for one record, if there is some and nobody waits for it.
   *
   * @param bytes 1 to the limit
   */
  public boolean tryAcquire(long bytes) {
    return waiting.get() == 0 && reserve(bytes);
  }

  /** Takes room for one record, waiting no longer than given. */
  public Admission acquire(long bytes, long timeoutNanos) throws InterruptedException {
    if (closed) {
      return Admission.CLOSED;
    }
    if (tryAcquire(bytes)) {
      return Admission.ADMITTED;
    }
    if (bytes > maxBytes) {
      throw new IllegalArgumentException(bytes + " bytes never fit a limit of " + maxBytes);
    }
    long deadline = nanoTime.getAsLong() + timeoutNanos;
    waiting.incrementAndGet();
    try {
      if (!turn.tryLock(timeoutNanos, TimeUnit.NANOSECONDS)) {
        return Admission.TIMED_OUT;
      }
      try {
        return awaitRoom(bytes, deadline);
      } finally {
        turn.unlock();
      }
    } finally {
      waiting.decrementAndGet();
    }
  }

  /**
   * Adds to what one admitted record takes, without waiting: its size is known only once it is
   * encoded. The limit may so be passed by the growth of one record for each calling thread.
   */
  public void grow(long bytes) {
    inFlight.addAndGet(bytes);
  }

  /** Gives back what one record took. */
  public void release(long bytes) {
    long left = inFlight.addAndGet(-(ONE_RECORD + bytes));
    Waiter waiter = head.get();
    if (waiter != null && waiter.isServedBy(left) && head.compareAndSet(waiter, null)) {
      LockSupport.unpark(waiter.thread);
    }
  }

  /** Turns away everyone who waits, and all who come later and would have to wait. */
  public void close() {
    closed = true;
    Waiter waiter = head.getAndSet(null);
    if (waiter != null) {
      LockSupport.unpark(waiter.thread);
    }
  }

  boolean hasWaiters() {
    return waiting.get() > 0;
  }

  public long bytes() {
    return inFlight.get() & BYTE_MASK;
  }

  public long records() {
    return inFlight.get() >>> BYTE_BITS;
  }

  private Admission awaitRoom(long bytes, long deadline) throws InterruptedException {
    Waiter self = new Waiter(Thread.currentThread(), bytes);
    try {
      while (true) {
        head.set(self);
        if (closed) {
          return Admission.CLOSED;
        }
        if (self.isServedBy(inFlight.get()) && reserve(bytes)) {
          return Admission.ADMITTED;
        }
        long left = deadline - nanoTime.getAsLong();
        if (left <= 0) {
          return reserve(bytes) ? Admission.ADMITTED : Admission.TIMED_OUT;
        }
        LockSupport.parkNanos(this, left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } finally {
      head.set(null);
    }
  }

  private boolean reserve(long bytes) {
    while (true) {
      long now = inFlight.get();
      if ((now & BYTE_MASK) + bytes > maxBytes || (now >>> BYTE_BITS) >= maxRecords) {
        return false;
      }
      if (inFlight.compareAndSet(now, now + ONE_RECORD + bytes)) {
        return true;
      }
    }
  }

  /** A thread at the head of the queue and what it waits for. */
  private final class Waiter {
    private final Thread thread;
    private final long wakeAtBytes;
    private final long wakeAtRecords;

    Waiter(Thread thread, long bytes) {
      this.thread = thread;
      this.wakeAtBytes = Math.min(maxBytes - bytes, maxBytes - maxBytes / 8);
      this.wakeAtRecords = Math.min(maxRecords - 1, maxRecords - maxRecords / 8);
    }

    boolean isServedBy(long counts) {
      return (counts & BYTE_MASK) <= wakeAtBytes && (counts >>> BYTE_BITS) <= wakeAtRecords;
    }
  }
}
