package io.hrp.producer.api;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Row;

/** A mutation that was handed to Kafka was not acknowledged. Completes the mutation's future. */
public final class PublishFailedException extends HrpProducerException {
  private final String topic;
  private final int partition;
  private final Outcome outcome;
  private final transient Supplier<? extends Row> stamped;

  /** What is known about a mutation that was not acknowledged. */
  public enum Outcome {
    /** It is certain not to stand in the topic. */
    NOT_WRITTEN,
    /** It may stand in the topic, or may still come to. */
    UNKNOWN
  }

  /** For publishers; {@code stamped} is asked whenever {@link #stampedMutation()} is. */
  public PublishFailedException(
      TableName table,
      String topic,
      int partition,
      Outcome outcome,
      Supplier<? extends Row> stamped,
      Throwable cause) {
    super(
        "a mutation of table '"
            + table
            + "' was not acknowledged on topic '"
            + topic
            + "' partition "
            + partition
            + ": "
            + cause
            + "; "
            + (outcome == Outcome.UNKNOWN ? "it may have been written" : "it was not written")
            + ", publish stampedMutation() again",
        table,
        outcome == Outcome.UNKNOWN,
        cause);
    this.topic = requireNonNull(topic, "topic");
    this.partition = partition;
    this.outcome = outcome;
    this.stamped = requireNonNull(stamped, "stamped");
  }

  public String topic() {
    return topic;
  }

  public int partition() {
    return partition;
  }

  /** Whether the mutation may have been written all the same. */
  public boolean outcomeUnknown() {
    return outcome == Outcome.UNKNOWN;
  }

  /**
   * The mutation with every timestamp as it was sent. Publishing it again, with this or another
   * publisher, keeps them, so that a second copy changes nothing.
   */
  public Row stampedMutation() {
    return stamped.get();
  }
}
