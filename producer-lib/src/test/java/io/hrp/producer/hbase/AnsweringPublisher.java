package io.hrp.producer.hbase;

import com.codahale.metrics.MetricRegistry;
import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublishFailedException;
import io.hrp.producer.api.PublishFailedException.Outcome;
import io.hrp.producer.api.Receipt;
import io.hrp.wire.MutationEncoder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;

/**
 * A publisher that stamps with 1001, 1002 and so on, and acknowledges at once unless told
 * otherwise. What it does stands in a log that the fake cluster writes too. Thread-safe.
 */
final class AnsweringPublisher implements HrpPublisher {
  private final MetricRegistry metrics = new MetricRegistry();
  static final long FIRST_TIMESTAMP = 1_001;

  private final List<String> log;
  private final List<Row> sent = new ArrayList<>();
  private final Deque<Object> script = new ArrayDeque<>();
  private final Deque<Runnable> held = new ArrayDeque<>();
  private boolean isHolding;
  private long nextTimestamp = FIRST_TIMESTAMP;
  private int closes;

  AnsweringPublisher(List<String> log) {
    this.log = log;
  }

  /** What was taken, with its timestamps, in order. */
  synchronized List<Row> sent() {
    return List.copyOf(sent);
  }

  synchronized int closes() {
    return closes;
  }

  /** The next mutation is taken as always. */
  synchronized AnsweringPublisher takes() {
    script.add("take");
    return this;
  }

  /** The next mutation is refused. */
  synchronized AnsweringPublisher refuses(RuntimeException refusal) {
    script.add(refusal);
    return this;
  }

  /** The next mutation is taken and not acknowledged. */
  synchronized AnsweringPublisher fails(Outcome outcome) {
    script.add(outcome);
    return this;
  }

  /** Nothing is answered until {@link #answer}. */
  synchronized AnsweringPublisher holds() {
    isHolding = true;
    return this;
  }

  /** Answers everything held. */
  void answer() {
    List<Runnable> answers;
    synchronized (this) {
      isHolding = false;
      answers = List.copyOf(held);
      held.clear();
    }
    answers.forEach(Runnable::run);
  }

  @Override
  public CompletableFuture<Receipt> publish(TableName table, Mutation mutation) {
    return take(table, mutation);
  }

  @Override
  public CompletableFuture<Receipt> publish(TableName table, RowMutations mutations) {
    return take(table, mutations);
  }

  private synchronized CompletableFuture<Receipt> take(TableName table, Row mutation) {
    Object step = script.isEmpty() ? "take" : script.remove();
    if (step instanceof RuntimeException) {
      throw (RuntimeException) step;
    }
    long timestamp = nextTimestamp++;
    Row stamped = MutationEncoder.stamped(mutation, timestamp);
    sent.add(stamped);
    log.add("kafka " + FakeCluster.describe(mutation));
    CompletableFuture<Receipt> future = new CompletableFuture<>();
    Runnable answer =
        () -> {
          if (step instanceof Outcome) {
            future.completeExceptionally(
                new PublishFailedException(
                    table,
                    "hrp.t",
                    0,
                    (Outcome) step,
                    () -> stamped,
                    new IllegalStateException("broker down")));
          } else {
            future.complete(new Receipt(table, "hrp.t", 0, timestamp, timestamp, () -> stamped));
          }
        };
    if (isHolding) {
      held.add(answer);
    } else {
      answer.run();
    }
    return future;
  }

  @Override
  public MetricRegistry metrics() {
    return metrics;
  }

  @Override
  public void flush() {}

  @Override
  public synchronized CloseReport close(Duration deadline) {
    closes++;
    log.add("kafka closed");
    return new CloseReport(sent.size(), 0, 0);
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }
}
