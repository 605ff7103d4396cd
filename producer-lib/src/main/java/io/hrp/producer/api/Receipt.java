package io.hrp.producer.api;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Row;

/** Says where an acknowledged mutation stands and which timestamp it was given. Immutable. */
public final class Receipt {
  private final TableName table;
  private final String topic;
  private final int partition;
  private final long offset;
  private final long timestamp;
  private final Supplier<? extends Row> stamped;

  /** For publishers; {@code stamped} is asked whenever {@link #stampedMutation()} is. */
  public Receipt(
      TableName table,
      String topic,
      int partition,
      long offset,
      long timestamp,
      Supplier<? extends Row> stamped) {
    this.table = requireNonNull(table, "table");
    this.topic = requireNonNull(topic, "topic");
    this.partition = partition;
    this.offset = offset;
    this.timestamp = timestamp;
    this.stamped = requireNonNull(stamped, "stamped");
  }

  public TableName table() {
    return table;
  }

  public String topic() {
    return topic;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }

  /**
   * The timestamp given to the cells that had none, in milliseconds since 1970. If every cell
   * brought its own, {@link org.apache.hadoop.hbase.HConstants#LATEST_TIMESTAMP}: none was given.
   */
  public long timestamp() {
    return timestamp;
  }

  /**
   * A copy of the mutation with every timestamp as it was published. Built from the caller's object
   * at each call, so that object must not have been altered since.
   */
  public Row stampedMutation() {
    return stamped.get();
  }

  @Override
  public String toString() {
    return "Receipt[table="
        + table
        + " topic="
        + topic
        + " partition="
        + partition
        + " offset="
        + offset
        + "]";
  }
}
