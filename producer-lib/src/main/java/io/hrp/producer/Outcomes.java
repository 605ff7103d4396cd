package io.hrp.producer;

import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.PublishFailedException;
import io.hrp.producer.api.Receipt;
import io.hrp.producer.internal.limit.InFlightLimit;
import io.hrp.producer.internal.send.SendFailure;
import io.hrp.producer.internal.stamp.ClockWatch;
import io.hrp.producer.metrics.SingleWriterCount;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where every mutation that was handed over ends: counted, its room given back, its future
 * completed, in that order, so that a continuation which publishes again finds the room.
 *
 * <p>Called by Kafka's sender thread, hence by one thread at a time; the counts may be read by any.
 */
final class Outcomes {
  private final InFlightLimit limit;
  private final LongSupplier nanoTime;
  private final ClockWatch watch;
  private final Optional<Executor> completionExecutor;
  private final Consumer<Throwable> onFatal;
  private final SingleWriterCount acknowledged = new SingleWriterCount();
  private final LongAdder notWritten = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private volatile @Nullable Thread callbackThread;

  /**
   * @param onFatal told, before the mutation's future is, of an error that ends the publisher
   */
  Outcomes(
      InFlightLimit limit,
      LongSupplier nanoTime,
      ClockWatch watch,
      Optional<Executor> completionExecutor,
      Consumer<Throwable> onFatal) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.watch = watch;
    this.completionExecutor = completionExecutor;
    this.onFatal = onFatal;
  }

  void calledBackBy(Thread thread) {
    if (callbackThread != thread) {
      callbackThread = thread;
    }
  }

  /** Whether the caller runs on Kafka's sender thread, which must not wait for itself. */
  boolean isCallbackThread() {
    return Thread.currentThread() == callbackThread;
  }

  /** An error that ends the publisher. */
  void fatal(Throwable cause) {
    onFatal.accept(cause);
  }

  /**
   * Notes a success.
   *
   * @param timestampMs the record's, negative if not known
   */
  void acknowledged(InFlightMutation mutation, long timestampMs, Receipt receipt) {
    mutation.table().metrics().published(mutation.bytes());
    if (mutation.isMeasured()) {
      measure(mutation);
      watch.acknowledged(timestampMs, mutation.startedNanos());
    }
    acknowledged.add(1);
    mutation.account().acknowledged();
    limit.release(mutation.reservedBytes());
    if (completionExecutor.isEmpty()) {
      mutation.complete(receipt);
    } else {
      complete(() -> mutation.complete(receipt));
    }
  }

  void failed(InFlightMutation mutation, SendFailure failure, PublishFailedException exception) {
    measure(mutation);
    if (exception.outcomeUnknown()) {
      mutation.table().metrics().failedUnknown();
      unknown.increment();
    } else {
      mutation.table().metrics().failedNotWritten();
      notWritten.increment();
    }
    mutation.account().failed(exception);
    if (failure.kind() == SendFailure.Kind.FATAL) {
      fatal(failure.cause());
    }
    limit.release(mutation.reservedBytes());
    complete(() -> mutation.completeExceptionally(exception));
  }

  /**
   * The counts as they stand; what has no outcome yet counts as unknown. Exact once no call of
   * publish is under way any more.
   */
  CloseReport report() {
    return new CloseReport(acknowledged.get(), notWritten.sum(), unknown.sum() + limit.records());
  }

  private void measure(InFlightMutation mutation) {
    if (mutation.isMeasured()) {
      mutation.table().metrics().measured(nanoTime.getAsLong() - mutation.startedNanos());
    }
  }

  private void complete(Runnable completion) {
    if (completionExecutor.isEmpty()) {
      completion.run();
      return;
    }
    try {
      completionExecutor.get().execute(completion);
    } catch (RejectedExecutionException e) {
      completion.run();
    }
  }
}
