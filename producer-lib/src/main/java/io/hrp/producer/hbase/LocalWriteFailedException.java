package io.hrp.producer.hbase;

import java.io.IOException;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Row;

/**
 * A mutation of a {@code dual} table stands in Kafka, but the local cluster did not take it. All
 * other clusters get it.
 */
public final class LocalWriteFailedException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Row stampedMutation;
  private final boolean heals;

  LocalWriteFailedException(TableName table, Row stampedMutation, boolean heals, Throwable cause) {
    super(
        "a mutation of table '"
            + table
            + "' stands in Kafka but was not written to the local cluster: "
            + cause.getMessage()
            + "; "
            + (heals
                ? "the local cluster's daemon will write it there, nothing has to be done"
                : "write stampedMutation() again, which changes nothing on the other clusters"),
        cause);
    this.stampedMutation = stampedMutation;
    this.heals = heals;
  }

  /** The mutation with the timestamps it has in Kafka; writing it again changes nothing else. */
  public Row stampedMutation() {
    return stampedMutation;
  }

  /** Whether the local cluster's daemon will write it without the caller's doing. */
  public boolean heals() {
    return heals;
  }
}
