package io.hrp.it.env;

import com.codahale.metrics.MetricRegistry;
import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.RowMutations;

/** Keeps every receipt of a publisher, for tests that reckon with offsets. Thread-safe. */
public final class RecordingPublisher implements HrpPublisher {
  private final HrpPublisher publisher;
  private final Queue<Receipt> receipts = new ConcurrentLinkedQueue<>();

  public RecordingPublisher(HrpPublisher publisher) {
    this.publisher = publisher;
  }

  /** All receipts so far, of all tables. */
  public List<Receipt> receipts() {
    return List.copyOf(receipts);
  }

  @Override
  public CompletableFuture<Receipt> publish(TableName table, Mutation mutation) {
    return noted(publisher.publish(table, mutation));
  }

  @Override
  public CompletableFuture<Receipt> publish(TableName table, RowMutations mutations) {
    return noted(publisher.publish(table, mutations));
  }

  private CompletableFuture<Receipt> noted(CompletableFuture<Receipt> published) {
    return published.thenApply(
        receipt -> {
          receipts.add(receipt);
          return receipt;
        });
  }

  @Override
  public MetricRegistry metrics() {
    return publisher.metrics();
  }

  @Override
  public void flush() {
    publisher.flush();
  }

  @Override
  public CloseReport close(Duration deadline) {
    return publisher.close(deadline);
  }

  @Override
  public void close() {
    publisher.close();
  }
}
