package io.hrp.control;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.TableId;

/**
 * A peer has begun to read a table's topic: the topic's id, and how many of its partitions have
 * been given their first position. A started partition without a committed offset has lost it; a
 * topic with another id was deleted and created again. Both park.
 */
public final class TopicStart extends ControlValue {
  private final String peer;
  private final TableId table;
  private final String topicId;
  private final int partitions;

  private TopicStart(String peer, TableId table, String topicId, int partitions, ChangeNote note) {
    super(ControlKey.of(Scope.of(peer, table), ControlAttribute.TOPIC_START).text(), note);
    this.peer = peer;
    this.table = table;
    this.topicId = requireNonNull(topicId, "topicId");
    this.partitions = partitions;
  }

  public static TopicStart of(
      String peer, TableId table, String topicId, int partitions, ChangeNote note) {
    return new TopicStart(peer, table, topicId, partitions, note);
  }

  public String peer() {
    return peer;
  }

  public TableId table() {
    return table;
  }

  /** Kafka's id of the topic, as text. */
  public String topicId() {
    return topicId;
  }

  /** Partitions 0 to this number, exclusive, have been given their first position. */
  public int partitions() {
    return partitions;
  }
}
