package io.hrp.producer;

import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.FlushFailedException;
import io.hrp.producer.api.PublishFailedException;
import io.hrp.producer.metrics.SingleWriterCount;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What became of the mutations of one user of a publisher: of the publisher itself, or of one of
 * the handles that share it, which must not see each other's failures.
 *
 * <p>Outcomes come from Kafka's sender thread, hence from one thread at a time; the rest is safe
 * for use by any thread.
 */
final class Account {
  private final Outcomes outcomes;
  private final LongAdder handedOver = new LongAdder();
  private final SingleWriterCount acknowledged = new SingleWriterCount();
  private final SingleWriterCount notWritten = new SingleWriterCount();
  private final SingleWriterCount unknown = new SingleWriterCount();
  private final AtomicReference<@Nullable FlushFailures> sinceLastFlush = new AtomicReference<>();

  Account(Outcomes outcomes) {
    this.outcomes = outcomes;
  }

  Outcomes outcomes() {
    return outcomes;
  }

  /**
   * Counts a mutation as under way. Only handles do: the publisher's own room in flight tells the
   * same of all of them together, without a step for each mutation.
   */
  void handedOver() {
    handedOver.increment();
  }

  void acknowledged() {
    acknowledged.add(1);
  }

  void failed(PublishFailedException exception) {
    (exception.outcomeUnknown() ? unknown : notWritten).add(1);
    sinceLastFlush.updateAndGet(
        failures -> failures == null ? new FlushFailures(1, exception) : failures.oneMore());
  }

  /** How many mutations of a handle have no outcome yet. */
  long inFlight() {
    long ended = acknowledged.get() + notWritten.get() + unknown.get();
    // An outcome may be counted before its hand-over is.
    return Math.max(0, handedOver.sum() - ended);
  }

  /** The counts as they stand, with that many more whose outcome is not known. */
  CloseReport report(long withoutOutcome) {
    return new CloseReport(acknowledged.get(), notWritten.get(), unknown.get() + withoutOutcome);
  }

  /** Reports what failed since it was last asked, once. */
  void throwFailuresSinceLastFlush() {
    FlushFailures failures = sinceLastFlush.getAndSet(null);
    if (failures != null) {
      throw new FlushFailedException(failures.count, failures.first);
    }
  }

  /** How many failed, and the first of them. */
  private static final class FlushFailures {
    private final long count;
    private final PublishFailedException first;

    FlushFailures(long count, PublishFailedException first) {
      this.count = count;
      this.first = first;
    }

    FlushFailures oneMore() {
      return new FlushFailures(count + 1, first);
    }
  }
}
