package io.hrp.producer.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A count that one thread at a time adds to and any thread reads. Where a {@code LongAdder} takes
 * an atomic step for each addition, this takes a plain one; on Kafka's sender thread, which reports
 * every mutation, three of these are most of what HRP costs there.
 */
public final class SingleWriterCount {
  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(SingleWriterCount.class, "value", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private long value;

  /** For the one writer. */
  public void add(long amount) {
    VALUE.setRelease(this, value + amount);
  }

  /** For any thread. */
  public long get() {
    return (long) VALUE.getAcquire(this);
  }
}
