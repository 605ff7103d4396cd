package io.hrp.producer;

import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.FlushFailedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A close that runs once; later callers wait for the first one's report. Safe for any thread. */
final class OneClose {
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<CloseReport> done = new CompletableFuture<>();

  /** What closing does; it keeps the deadline itself. */
  interface Work {
    void run() throws InterruptedException;
  }

  boolean hasBegun() {
    return begun.get();
  }

  /**
   * Closes as {@code HrpPublisher.close()} promises to.
   *
   * @param close the close with a deadline, which ends in {@link #close}
   * @param inFlight how many mutations have no outcome
   * @throws FlushFailedException to the first caller, if a mutation failed since the last flush or
   *     has no outcome
   */
  void closeFully(
      Duration timeout,
      Function<Duration, CloseReport> close,
      Account account,
      LongSupplier inFlight) {
    boolean first = !hasBegun();
    CloseReport report = close.apply(timeout);
    if (!first) {
      return;
    }
    account.throwFailuresSinceLastFlush();
    if (inFlight.getAsLong() > 0) {
      throw new FlushFailedException(
          report.unknown(),
          new TimeoutException("no outcome within " + timeout.toMillis() + " ms of closing"));
    }
  }

  /**
   * Runs the work if nobody has, and reports.
   *
   * @param report the counts as they stand, for whoever cannot wait for the first caller's
   */
  CloseReport close(Duration deadline, Work work, Supplier<CloseReport> report) {
    if (deadline.isNegative()) {
      throw new IllegalArgumentException("a deadline must not be negative, got " + deadline);
    }
    boolean first = begun.compareAndSet(false, true);
    try {
      if (!first) {
        return done.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
      }
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      return report.get();
    } finally {
      if (first) {
        done.complete(report.get());
      }
    }
    return first ? done.join() : report.get();
  }
}
