package io.hrp.producer.internal.send;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One record on its way: the caller's future and Kafka's callback in one object, because one is
 * made for every mutation.
 *
 * <p>Kafka reports some failures from within {@code send}, on the caller's thread, through the same
 * callback. They are kept for {@link RecordSender} to throw and do not reach {@link #failed}. While
 * {@code send} runs, only the sending thread can see itself in {@link #sendingThread}, so the two
 * cannot be mistaken for each other.
 *
 * @param <T> what the caller's future yields
 */
public abstract class PendingSend<T> extends CompletableFuture<T> implements Callback {
  private @Nullable Thread sendingThread;
  private @Nullable Exception notHandedOver;

  /**
   * The record is in its topic. Runs on Kafka's sender thread.
   *
   * @param timestampMs the record's, which a topic with LogAppendTime has from the broker's clock;
   *     negative if not known
   */
  protected abstract void acknowledged(int partition, long offset, long timestampMs);

  /** The record was handed over and not acknowledged. Runs on Kafka's sender thread. */
  protected abstract void failed(SendFailure failure);

  /** The thread that ran the callback, once it has: Kafka's sender thread. */
  protected abstract void calledBackBy(Thread thread);

  @Override
  public final void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    if (exception != null && sendingThread == Thread.currentThread()) {
      notHandedOver = exception;
      return;
    }
    calledBackBy(Thread.currentThread());
    if (exception != null) {
      failed(SendFailures.afterHandOver(exception));
    } else if (metadata != null) {
      acknowledged(metadata.partition(), metadata.offset(), metadata.timestamp());
    } else {
      failed(
          SendFailures.afterHandOver(
              new IllegalStateException("Kafka called back without a result")));
    }
  }

  final void sendBegins() {
    sendingThread = Thread.currentThread();
  }

  /** What Kafka reported from within {@code send}. */
  final @Nullable Exception sendReturned() {
    Exception failure = notHandedOver;
    sendingThread = null;
    return failure;
  }
}
