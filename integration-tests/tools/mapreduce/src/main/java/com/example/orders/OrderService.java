package com.example.orders;

import io.hrp.producer.HrpPublishers;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublishFailedException;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.api.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.util.Bytes;

/** A writing tool of its own that knows table, row, family, qualifier and value. */
public final class OrderService {
  private static final byte[] FAMILY = Bytes.toBytes("a");
  private static final byte[] STATE = Bytes.toBytes("state");

  private OrderService() {}

  public static void main(String[] args) {
    TableName orders = TableName.valueOf(args[1]);
    PublisherOptions options =
        PublisherOptions.builder()
            .bootstrapServers(args[0])
            .maxBlock(Duration.ofSeconds(30))
            .build();
    try (HrpPublisher publisher = HrpPublishers.create(options)) {
      List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
      for (int number = 0; number < 1_000; number++) {
        receipts.add(
            publisher.row(orders, row(number)).cell(FAMILY, STATE, Bytes.toBytes("new")).publish());
      }
      for (CompletableFuture<Receipt> receipt : receipts) {
        awaitAcknowledged(publisher, orders, receipt);
      }
      publisher.publish(orders, new Delete(row(2)));
      // Returns once everything published stands in Kafka, and throws if anything does not.
      publisher.flush();
    }
  }

  private static void awaitAcknowledged(
      HrpPublisher publisher, TableName orders, CompletableFuture<Receipt> receipt) {
    try {
      receipt.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PublishFailedException failed) {
        // The stamped mutation keeps its timestamps, so this makes no second version of a cell.
        publisher.publish(orders, (Put) failed.stampedMutation()).join();
      } else {
        throw e;
      }
    }
  }

  private static byte[] row(int number) {
    return Bytes.toBytes(String.format("order-%06d", number));
  }
}
