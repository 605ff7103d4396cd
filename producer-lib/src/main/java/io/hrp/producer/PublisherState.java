package io.hrp.producer;

import io.hrp.producer.api.PublisherClosedException;
import io.hrp.producer.api.PublisherFailedException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.hbase.TableName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the publisher takes mutations. Legal moves: open to failed, open to closed, failed to
 * closed; a publisher that failed keeps saying why. Safe for use by any thread.
 */
final class PublisherState {
  private enum Phase {
    OPEN,
    FAILED,
    CLOSED
  }

  private static final Logger log = LoggerFactory.getLogger(PublisherState.class);

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);
  private volatile @Nullable Throwable fatal;

  void requireOpen(@Nullable TableName table) {
    if (phase.get() != Phase.OPEN) {
      throw refusal(table);
    }
  }

  boolean isOpen() {
    return phase.get() == Phase.OPEN;
  }

  /** Why calls are refused. */
  RuntimeException refusal(@Nullable TableName table) {
    Throwable cause = fatal;
    return cause == null
        ? new PublisherClosedException(table)
        : new PublisherFailedException(cause);
  }

  /** Returns whether this call made the move. */
  boolean fail(Throwable cause) {
    // Before the move, so that whoever sees the publisher failed also sees why.
    if (phase.get() == Phase.OPEN) {
      fatal = cause;
    }
    boolean moved = phase.compareAndSet(Phase.OPEN, Phase.FAILED);
    if (moved) {
      log.error(
          "the publisher failed for good and takes no more mutations; create a new one", cause);
    }
    return moved;
  }

  void close() {
    phase.set(Phase.CLOSED);
  }
}
