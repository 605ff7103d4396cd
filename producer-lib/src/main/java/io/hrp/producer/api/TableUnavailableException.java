package io.hrp.producer.api;

import org.apache.hadoop.hbase.TableName;
import org.jspecify.annotations.Nullable;

/** A table cannot be published to at present. Nothing was sent. */
public final class TableUnavailableException extends HrpProducerException {
  /** Why a table cannot be published to. */
  public enum Reason {
    /** {@code hrp-control} declares no partition count for the table: {@code hrp topic create}. */
    NOT_DECLARED,
    /** The table's topic does not exist: {@code hrp topic create}. */
    TOPIC_MISSING,
    /** The topic has fewer partitions than declared for the table. */
    TOO_FEW_PARTITIONS,
    /** The table's name makes a topic name that Kafka would refuse as too long. */
    NAME_TOO_LONG,
    /** The broker did not describe the topic in time. */
    TOPIC_UNREACHABLE,
    /**
     * {@code hrp-control} holds a record about the table that this version of the library cannot
     * read and may not go on without; update the library.
     */
    CONTROL_NOT_UNDERSTOOD,
    /** The broker refused to describe the topic to this user. */
    NOT_AUTHORIZED
  }

  private final Reason reason;

  public TableUnavailableException(
      TableName table, Reason reason, String message, @Nullable Throwable cause) {
    super(message, table, reason != Reason.NAME_TOO_LONG, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
