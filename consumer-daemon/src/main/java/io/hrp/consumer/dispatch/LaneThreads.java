package io.hrp.consumer.dispatch;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The worker threads of a peer, named {@code hrp-lane-<peer>-<n>}. Safe for use by any thread. */
public final class LaneThreads implements LaneScheduler, AutoCloseable {
  private final ScheduledThreadPoolExecutor pool;

  public LaneThreads(String peer, int threads) {
    AtomicInteger count = new AtomicInteger();
    this.pool =
        new ScheduledThreadPoolExecutor(
            threads,
            task -> {
              Thread thread = new Thread(task, "hrp-lane-" + peer + "-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    pool.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void execute(Runnable task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException afterShutdown) {
      // The lanes are being abandoned: nobody waits for the task.
      return;
    }
  }

  @Override
  public void schedule(Runnable task, long delayMs) {
    try {
      ScheduledFuture<?> unused = pool.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException afterShutdown) {
      // As above.
      return;
    }
  }

  /** Stops the workers, waiting for running tasks up to {@code deadline}. */
  public void close(Duration deadline) {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }
}
