package io.hrp.consumer.dispatch;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.TableId;
import java.util.UUID;

/**
 * What a partition was found to be when it was opened; it stays so while its lanes run.
 *
 * @param topic name of its topic
 * @param topicId Kafka's id of the topic
 * @param partitions how many partitions are declared for the table
 * @param targetClusterId the target's own id: what has been there already is not sent again
 */
public record PartitionIdentity(
    TableId table,
    String topic,
    int partition,
    String topicId,
    int partitions,
    UUID targetClusterId) {
  public PartitionIdentity {
    requireNonNull(table, "table");
    requireNonNull(topic, "topic");
    requireNonNull(topicId, "topicId");
    requireNonNull(targetClusterId, "targetClusterId");
    if (partition < 0 || partitions < 1) {
      throw new IllegalArgumentException("partition " + partition + " of " + partitions);
    }
  }
}
