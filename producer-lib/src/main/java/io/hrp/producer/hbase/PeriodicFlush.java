package io.hrp.producer.hbase;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.hbase.client.BufferedMutator;
import org.jspecify.annotations.Nullable;

/** Has a mutator look at intervals whether something has waited too long. Thread-safe. */
final class PeriodicFlush {
  private final Runnable look;
  private final String name;
  private long timeoutMs;
  private long tickMs = BufferedMutator.MIN_WRITE_BUFFER_PERIODIC_FLUSH_TIMERTICK_MS;
  private @Nullable ScheduledExecutorService timer;
  private @Nullable ScheduledFuture<?> task;

  PeriodicFlush(String name, Runnable look) {
    this.name = name;
    this.look = look;
  }

  /** Begins, ends or changes it; 0 ends it. Values below HBase's least are raised to it. */
  synchronized void set(long newTimeoutMs, long newTickMs) {
    stop();
    timeoutMs = Math.max(0, newTimeoutMs);
    tickMs = Math.max(BufferedMutator.MIN_WRITE_BUFFER_PERIODIC_FLUSH_TIMERTICK_MS, newTickMs);
    if (timeoutMs > 0) {
      timer =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "hrp-flush-" + name);
                thread.setDaemon(true);
                return thread;
              });
      task = timer.scheduleWithFixedDelay(look, tickMs, tickMs, TimeUnit.MILLISECONDS);
    }
  }

  synchronized long timeoutMs() {
    return timeoutMs;
  }

  synchronized long tickMs() {
    return tickMs;
  }

  synchronized void stop() {
    if (task != null) {
      task.cancel(false);
      task = null;
    }
    if (timer != null) {
      timer.shutdown();
      timer = null;
    }
  }
}
