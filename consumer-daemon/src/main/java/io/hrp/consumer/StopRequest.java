package io.hrp.consumer;

import io.hrp.consumer.poll.StopMode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether, and how urgently, the daemon is to stop. The first request drains, a second one
 * abandons. Safe for use by any thread.
 */
final class StopRequest {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch askedTwice = new CountDownLatch(1);

  /** Volatile: written by whoever finds that the daemon must not go on, read by the main thread. */
  private volatile @Nullable ExitStatus because;

  /** A signal came. */
  synchronized void signal() {
    if (asked.getCount() == 0) {
      askedTwice.countDown();
    }
    asked.countDown();
  }

  /** The daemon cannot go on. */
  synchronized void fail(ExitStatus status) {
    if (because == null) {
      because = status;
    }
    asked.countDown();
  }

  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Waits for a request. Returns whether there is one. */
  boolean await(Duration timeout) throws InterruptedException {
    return asked.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why, if not by a signal. */
  Optional<ExitStatus> because() {
    return Optional.ofNullable(because);
  }

  StopMode mode() {
    return askedTwice.getCount() == 0 ? StopMode.ABANDON : StopMode.DRAIN;
  }
}
