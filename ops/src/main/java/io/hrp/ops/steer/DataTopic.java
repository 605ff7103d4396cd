package io.hrp.ops.steer;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.TableId;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table's topic as Kafka has it.
 *
 * @param topicId Kafka's id of the topic
 * @param replication replicas of its first partition
 * @param records records it holds, over all partitions
 * @param deadLetters records of its dead-letter topic; -1 if there is none
 * @param settings the settings that HRP cares for, by Kafka's names
 */
public record DataTopic(
    TableId table,
    String name,
    String topicId,
    int partitions,
    int replication,
    long records,
    long deadLetters,
    SortedMap<String, String> settings) {
  public DataTopic {
    requireNonNull(table, "table");
    requireNonNull(name, "name");
    requireNonNull(topicId, "topicId");
    settings = new TreeMap<>(settings);
  }

  public boolean hasDeadLetterTopic() {
    return deadLetters >= 0;
  }
}
