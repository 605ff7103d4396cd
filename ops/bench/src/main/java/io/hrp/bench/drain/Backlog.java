package io.hrp.bench.drain;

import io.hrp.producer.HrpPublishers;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublisherOptions;
import org.apache.hadoop.hbase.TableName;

/** Fills topics, as writers do. */
final class Backlog {

  private final String bootstrapServers;

  Backlog(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Publishes the first {@code rows} rows for a table; returns once all are acknowledged. */
  void publish(TableName table, int rows) {
    PublisherOptions options =
        PublisherOptions.builder().bootstrapServers(bootstrapServers).build();
    try (HrpPublisher publisher = HrpPublishers.create(options)) {
      for (int i = 0; i < rows; i++) {
        publisher.publish(table, DrainRows.put(i));
      }
      publisher.flush();
    }
  }
}
