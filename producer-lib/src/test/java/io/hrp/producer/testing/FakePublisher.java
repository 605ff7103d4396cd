package io.hrp.producer.testing;

import com.codahale.metrics.MetricRegistry;
import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.FlushFailedException;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.MutationRejectedException;
import io.hrp.producer.api.PublishFailedException;
import io.hrp.producer.api.PublishInterruptedException;
import io.hrp.producer.api.PublisherClosedException;
import io.hrp.producer.api.Receipt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Append;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;

/**
 * A publisher in memory, without timestamps: mutations wait in flight until a test or a flush
 * acknowledges them. Thread-safe.
 */
public final class FakePublisher implements HrpPublisher {
  private final MetricRegistry metrics = new MetricRegistry();
  private final List<Sent> published = new ArrayList<>();
  private final Deque<Sent> inFlight = new ArrayDeque<>();
  private final List<Duration> closes = new ArrayList<>();
  private long failures;
  private RuntimeException firstFailure = new IllegalStateException("no failure");
  private boolean interrupted;

  /** One mutation that was taken. */
  public static final class Sent {
    private final TableName table;
    private final Row mutation;
    private final CompletableFuture<Receipt> future = new CompletableFuture<>();

    private Sent(TableName table, Row mutation) {
      this.table = table;
      this.mutation = mutation;
    }

    public TableName table() {
      return table;
    }

    public Row mutation() {
      return mutation;
    }
  }

  /** Everything taken so far, in order. */
  public synchronized List<Sent> published() {
    return List.copyOf(published);
  }

  /** How many mutations have no outcome. */
  public synchronized int inFlight() {
    return inFlight.size();
  }

  /** The deadlines of all calls of close, in order. */
  public synchronized List<Duration> closes() {
    return List.copyOf(closes);
  }

  /** Lets the oldest mutation in flight fail. */
  public synchronized void failOne(RuntimeException cause) {
    Sent sent = inFlight.remove();
    PublishFailedException failure =
        new PublishFailedException(
            sent.table,
            "hrp.fake",
            0,
            PublishFailedException.Outcome.UNKNOWN,
            () -> sent.mutation,
            cause);
    if (failures++ == 0) {
      firstFailure = failure;
    }
    sent.future.completeExceptionally(failure);
  }

  /** The next flush is interrupted before anything is acknowledged. */
  public synchronized void interruptNextFlush() {
    interrupted = true;
  }

  public synchronized void acknowledgeAll() {
    while (!inFlight.isEmpty()) {
      Sent sent = inFlight.remove();
      sent.future.complete(new Receipt(sent.table, "hrp.fake", 0, 0, 0, () -> sent.mutation));
    }
  }

  @Override
  public CompletableFuture<Receipt> publish(TableName table, Mutation mutation) {
    if (mutation instanceof Increment || mutation instanceof Append) {
      throw new MutationRejectedException(
          table, "", "UNSUPPORTED_MUTATION", "not replayable", new IllegalArgumentException());
    }
    return take(table, mutation);
  }

  @Override
  public CompletableFuture<Receipt> publish(TableName table, RowMutations mutations) {
    return take(table, mutations);
  }

  private synchronized CompletableFuture<Receipt> take(TableName table, Row mutation) {
    if (!closes.isEmpty()) {
      throw new PublisherClosedException(table);
    }
    Sent sent = new Sent(table, mutation);
    published.add(sent);
    inFlight.add(sent);
    return sent.future;
  }

  @Override
  public MetricRegistry metrics() {
    return metrics;
  }

  @Override
  public synchronized void flush() {
    if (interrupted) {
      interrupted = false;
      Thread.currentThread().interrupt();
      throw new PublishInterruptedException(null, new InterruptedException());
    }
    acknowledgeAll();
    if (failures > 0) {
      long count = failures;
      failures = 0;
      throw new FlushFailedException(count, firstFailure);
    }
  }

  @Override
  public synchronized CloseReport close(Duration deadline) {
    closes.add(deadline);
    if (!deadline.isZero()) {
      acknowledgeAll();
    }
    while (!inFlight.isEmpty()) {
      failOne(new IllegalStateException("closed"));
    }
    return new CloseReport(published.size() - failures, 0, failures);
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(1));
  }
}
