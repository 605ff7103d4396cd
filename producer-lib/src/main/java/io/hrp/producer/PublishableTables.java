package io.hrp.producer;

import io.hrp.producer.api.HrpProducerException;
import io.hrp.producer.api.PublisherOptions;
import java.time.Duration;
import java.util.Set;
import org.apache.hadoop.hbase.TableName;

/** Finds out before a job starts whether it will be able to publish. */
public final class PublishableTables {
  private PublishableTables() {}

  /**
   * Returns if the operators' decisions can be read and each table can be published to, as far as
   * can be told without publishing. Sends nothing and leaves nothing open. Each wait is bounded by
   * {@link PublisherOptions#maxBlock()}.
   *
   * @throws HrpProducerException what a first {@code publish} would have thrown
   */
  public static void require(PublisherOptions options, Set<TableName> tables) {
    TopicPublisher publisher = (TopicPublisher) HrpPublishers.create(options);
    try {
      publisher.requirePublishable(tables);
    } finally {
      publisher.close(Duration.ZERO);
    }
  }
}
