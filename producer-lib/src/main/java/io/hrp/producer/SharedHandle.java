package io.hrp.producer;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.MetricRegistry;
import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublisherClosedException;
import io.hrp.producer.api.Receipt;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;

/**
 * One user's share of a publisher: failures, reports and the end are its own, all else is shared.
 * Safe for use by any thread.
 */
final class SharedHandle implements HrpPublisher {
  private final TopicPublisher publisher;
  private final Account account;
  private final Duration closeTimeout;
  private final Runnable release;
  private final OneClose closing = new OneClose();

  /**
   * @param release gives the share back; called once
   */
  SharedHandle(TopicPublisher publisher, Duration closeTimeout, Runnable release) {
    this.publisher = publisher;
    this.account = publisher.newAccount();
    this.closeTimeout = closeTimeout;
    this.release = release;
  }

  @Override
  public CompletableFuture<Receipt> publish(TableName table, Mutation mutation) {
    return publishRow(table, requireNonNull(mutation, "mutation"));
  }

  @Override
  public CompletableFuture<Receipt> publish(TableName table, RowMutations mutations) {
    return publishRow(table, requireNonNull(mutations, "mutations"));
  }

  private CompletableFuture<Receipt> publishRow(TableName table, Row mutation) {
    if (closing.hasBegun()) {
      throw new PublisherClosedException(table);
    }
    CompletableFuture<Receipt> future = publisher.publishRow(table, mutation, account);
    account.handedOver();
    return future;
  }

  @Override
  public MetricRegistry metrics() {
    return publisher.metrics();
  }

  @Override
  public void flush() {
    if (closing.hasBegun()) {
      throw new PublisherClosedException(null);
    }
    publisher.flush(account);
  }

  @Override
  public CloseReport close(Duration deadline) {
    publisher.requireNotOnCallbackThread("close");
    return closing.close(
        deadline,
        () -> {
          try {
            publisher.settle(account, deadline);
          } finally {
            release.run();
          }
        },
        () -> account.report(account.inFlight()));
  }

  @Override
  public void close() {
    closing.closeFully(closeTimeout, this::close, account, account::inFlight);
  }
}
