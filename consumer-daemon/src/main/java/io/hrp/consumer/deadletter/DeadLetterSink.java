package io.hrp.consumer.deadletter;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Puts records aside that can never be applied.
 *
 * <p><b>Errors.</b> A future completes exceptionally with a {@link DeadLetterException} and nothing
 * else: {@link DeadLetterUnavailableException} is worth sending again, {@link
 * DeadLetterTooLargeException} is not. Until a future has completed normally, the source record's
 * offset must not be committed.
 *
 * <p><b>Thread-safety.</b> Any thread may call; no call blocks. Futures complete on a thread of the
 * sink, which the caller's continuations must not block.
 *
 * <p><b>Ordering and delivery.</b> At least once: a send that failed may have been written. Records
 * of one partition that are sent one after the other keep their order, unless one of them fails.
 */
public interface DeadLetterSink extends AutoCloseable {

  /**
   * Writes one dead-letter record.
   *
   * @return completes when the record is acknowledged by all in-sync replicas
   */
  CompletableFuture<Void> send(DeadLetter letter);

  /**
   * Waits for what was sent, up to {@code deadline}, then lets go; what is left fails with {@link
   * DeadLetterUnavailableException}, and so do all later sends. Closing twice does nothing.
   */
  void close(Duration deadline);

  /** Closes without waiting. */
  @Override
  default void close() {
    close(Duration.ZERO);
  }
}
