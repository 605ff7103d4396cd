package io.hrp.consumer.testing;

import io.hrp.consumer.dispatch.LaneScheduler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * Runs tasks when told, in an order that a seed decides, on a clock that is moved by hand. Safe for
 * use by any thread, though made for one.
 */
public final class SteppedScheduler implements LaneScheduler, LongSupplier {
  private record Delayed(Runnable task, long atNanos) {}

  private final Random random;
  private final List<Runnable> ready = new ArrayList<>();
  private final List<Delayed> delayed = new ArrayList<>();
  private long nanos;

  public SteppedScheduler(Random random) {
    this.random = random;
  }

  @Override
  public synchronized void execute(Runnable task) {
    ready.add(task);
  }

  @Override
  public synchronized void schedule(Runnable task, long delayMs) {
    delayed.add(new Delayed(task, nanos + delayMs * 1_000_000));
  }

  /** The clock, nanoseconds. */
  @Override
  public synchronized long getAsLong() {
    return nanos;
  }

  /** Runs one task that is ready. Returns whether there was one. */
  public boolean runOne() {
    Runnable task;
    synchronized (this) {
      if (ready.isEmpty()) {
        return false;
      }
      task = ready.remove(random.nextInt(ready.size()));
    }
    task.run();
    return true;
  }

  /** Runs until nothing is ready. */
  public void runAll() {
    boolean ran;
    do {
      ran = runOne();
    } while (ran);
  }

  /** Moves the clock; what becomes due is ready then. */
  public synchronized void advance(long millis) {
    nanos += millis * 1_000_000;
    delayed.sort(Comparator.comparingLong(Delayed::atNanos));
    while (!delayed.isEmpty() && delayed.get(0).atNanos() <= nanos) {
      ready.add(delayed.remove(0).task());
    }
  }
}
