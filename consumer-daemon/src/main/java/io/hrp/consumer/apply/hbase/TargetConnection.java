package io.hrp.consumer.apply.hbase;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hrp.consumer.apply.ApplyOutcome;
import io.hrp.consumer.apply.FailureReason;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hadoop.hbase.client.AsyncConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the connection to a target, again and again until it stands; HBase's client then keeps it
 * alive by itself. Nobody ever waits for it: whoever asks gets the connection, or the reason why
 * there is none yet.
 *
 * <p>Attempts follow each other with a pause of one second that doubles up to ten. An attempt that
 * takes longer than its timeout counts as failed and the next one is begun; should it succeed after
 * all, it is welcome, and a second connection is closed.
 *
 * <p>Safe for use by any thread. The lock is held for assignments only.
 */
final class TargetConnection {
  private static final Logger LOG = LoggerFactory.getLogger(TargetConnection.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

  /** With the longest pause, about one a minute. */
  private static final int FAILURES_PER_WARNING = 6;

  private final String peer;
  private final Supplier<CompletableFuture<AsyncConnection>> connector;
  private final Executor executor;
  private final Duration attemptTimeout;

  private volatile @Nullable AsyncConnection connection;

  private volatile ApplyOutcome.Failed absence =
      ApplyOutcome.Failed.of(
          FailureReason.TARGET_UNAVAILABLE,
          TargetConnection.class.getName(),
          "no connection has been made yet");

  @GuardedBy("this")
  private boolean isClosed;

  /** Touched by one attempt at a time. */
  private int failures;

  private TargetConnection(
      String peer,
      Supplier<CompletableFuture<AsyncConnection>> connector,
      Executor executor,
      Duration attemptTimeout) {
    this.peer = requireNonNull(peer, "peer");
    this.connector = requireNonNull(connector, "connector");
    this.executor = requireNonNull(executor, "executor");
    this.attemptTimeout = requireNonNull(attemptTimeout, "attemptTimeout");
  }

  /**
   * Begins to connect and returns at once.
   *
   * @param connector begins one attempt; may block, as a login does
   * @param executor runs the connector
   */
  static TargetConnection open(
      String peer,
      Supplier<CompletableFuture<AsyncConnection>> connector,
      Executor executor,
      Duration attemptTimeout) {
    TargetConnection target = new TargetConnection(peer, connector, executor, attemptTimeout);
    executor.execute(() -> target.attempt(FIRST_PAUSE));
    return target;
  }

  /** The connection, if it stands. */
  Optional<AsyncConnection> current() {
    return Optional.ofNullable(connection);
  }

  /** Why there is no connection. */
  ApplyOutcome.Failed absence() {
    return absence;
  }

  /** Ends the attempts and closes the connection. */
  void close() {
    AsyncConnection current;
    synchronized (this) {
      if (isClosed) {
        return;
      }
      isClosed = true;
      current = connection;
    }
    if (current != null) {
      closeQuietly(current);
    }
  }

  private void attempt(Duration pause) {
    synchronized (this) {
      if (isClosed || connection != null) {
        return;
      }
    }
    CompletableFuture<AsyncConnection> made;
    try {
      made = connector.get();
    } catch (RuntimeException e) {
      // A setting that HBase's client cannot use at all: as good a reason as any other.
      made = CompletableFuture.failedFuture(e);
    }
    CompletableFuture<AsyncConnection> attempt = made;
    Listeners.listen(
        attempt,
        (connected, failure) -> {
          if (failure == null) {
            adopt(connected);
          }
        });
    Listeners.listen(
        attempt.copy().orTimeout(attemptTimeout.toMillis(), TimeUnit.MILLISECONDS),
        (ignored, failure) -> {
          if (failure != null) {
            retryAfter(failure, pause);
          }
        });
  }

  private void adopt(AsyncConnection made) {
    synchronized (this) {
      if (!isClosed && connection == null) {
        connection = made;
        LOG.info("Connected to the target peer={}", peer);
        return;
      }
    }
    closeQuietly(made);
  }

  private void retryAfter(Throwable failure, Duration pause) {
    FailureTable.Verdict verdict = FailureTable.lookUp(failure);
    // Nothing was sent, so whatever the class, trying again is right; only a refused login is told
    // apart, since that takes a person.
    FailureReason reason =
        verdict.reason() == FailureReason.AUTHENTICATION_FAILED
            ? FailureReason.AUTHENTICATION_FAILED
            : FailureReason.TARGET_UNAVAILABLE;
    absence = ApplyOutcome.Failed.of(reason, verdict.className(), verdict.message());
    if (failures++ % FAILURES_PER_WARNING == 0) {
      LOG.warn(
          "Cannot connect to the target, will go on trying peer={} attempt={} error={}: {}",
          peer,
          failures,
          verdict.className(),
          verdict.message());
    }
    Duration doubled = pause.multipliedBy(2);
    Duration next = doubled.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : doubled;
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, executor)
        .execute(() -> attempt(next));
  }

  private void closeQuietly(AsyncConnection open) {
    try {
      open.close();
    } catch (IOException e) {
      LOG.warn("Cannot close the connection to the target peer={}", peer, e);
    }
  }
}
