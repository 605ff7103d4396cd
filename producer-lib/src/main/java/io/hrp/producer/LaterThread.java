package io.hrp.producer;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Runs steps later on a daemon thread that is there only while a step is waiting. Thread-safe. */
final class LaterThread implements BiConsumer<Duration, Runnable> {
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          step -> {
            Thread thread = new Thread(step, "hrp-producer-linger");
            thread.setDaemon(true);
            return thread;
          });

  LaterThread() {
    executor.setKeepAliveTime(1, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  @Override
  public void accept(Duration delay, Runnable step) {
    Future<?> unused = executor.schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS);
  }
}
