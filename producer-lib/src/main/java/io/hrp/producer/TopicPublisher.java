package io.hrp.producer;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.MetricRegistry;
import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.HrpProducerException;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublishInterruptedException;
import io.hrp.producer.api.Receipt;
import io.hrp.producer.internal.limit.InFlightLimit;
import io.hrp.producer.internal.send.RecordSender;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;

/** The publisher: what callers see of it, and its end. Safe for use by any thread. */
final class TopicPublisher implements HrpPublisher {
  private final Tables tables;
  private final HandOver handOver;
  private final Outcomes outcomes;
  private final PublisherState state;
  private final InFlightLimit limit;
  private final RecordSender sender;
  private final Runnable afterClose;
  private final Duration closeTimeout;
  private final Account own;
  private final MetricRegistry metrics;
  private final OneClose closing = new OneClose();

  TopicPublisher(PublisherParts parts, Runnable afterClose, Duration closeTimeout) {
    this.tables = parts.tables();
    this.handOver = parts.handOver();
    this.outcomes = parts.outcomes();
    this.own = new Account(outcomes);
    this.metrics = parts.metrics();
    this.state = parts.state();
    this.limit = parts.limit();
    this.sender = parts.sender();
    this.afterClose =
        () -> {
          parts.gauges().close();
          afterClose.run();
        };
    this.closeTimeout = closeTimeout;
  }

  @Override
  public CompletableFuture<Receipt> publish(TableName table, Mutation mutation) {
    return publishRow(table, requireNonNull(mutation, "mutation"), own);
  }

  @Override
  public CompletableFuture<Receipt> publish(TableName table, RowMutations mutations) {
    return publishRow(table, requireNonNull(mutations, "mutations"), own);
  }

  @Override
  public MetricRegistry metrics() {
    return metrics;
  }

  /** A new share of this publisher. */
  Account newAccount() {
    return new Account(outcomes);
  }

  /** Whether it takes mutations: neither closed nor failed for good. */
  boolean isOpen() {
    return state.isOpen();
  }

  CompletableFuture<Receipt> publishRow(TableName tableName, Row mutation, Account account) {
    PublishedTable table = tables.of(requireNonNull(tableName, "table"));
    try {
      state.requireOpen(tableName);
      return handOver.handOver(table, mutation, account);
    } catch (HrpProducerException e) {
      table.metrics().refused(RefusalReason.of(e));
      throw e;
    }
  }

  /**
   * Throws what a first {@code publish} to each of the tables would; without tables, what any
   * would.
   */
  void requirePublishable(Set<TableName> names) {
    tables.requireControl();
    for (TableName name : names) {
      state.requireOpen(name);
      tables.routeOf(tables.of(name), () -> !outcomes.isCallbackThread());
    }
  }

  @Override
  public void flush() {
    flush(own);
  }

  /** Flushes everything and reports what failed of one share. */
  void flush(Account account) {
    requireNotOnCallbackThread("flush");
    state.requireOpen(null);
    try {
      sender.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishInterruptedException(null, e);
    }
    account.throwFailuresSinceLastFlush();
    state.requireOpen(null);
  }

  /** Waits until everything of one share has an outcome, no longer than given. */
  void settle(Account account, Duration deadline) throws InterruptedException {
    if (account.inFlight() > 0) {
      sender.flush(deadline);
    }
  }

  @Override
  public CloseReport close(Duration deadline) {
    requireNotOnCallbackThread("close");
    return closing.close(
        deadline,
        () -> {
          state.close();
          limit.close();
          sender.close(deadline, afterClose);
        },
        outcomes::report);
  }

  @Override
  public void close() {
    closing.closeFully(closeTimeout, this::close, own, limit::records);
  }

  void requireNotOnCallbackThread(String call) {
    if (outcomes.isCallbackThread()) {
      throw new IllegalStateException(
          call
              + " waits for Kafka's sender thread and was called on it, from a continuation of a"
              + " future; call it on another thread, or set a completionExecutor");
    }
  }
}
