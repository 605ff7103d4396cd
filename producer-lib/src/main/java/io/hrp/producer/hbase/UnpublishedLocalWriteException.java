package io.hrp.producer.hbase;

import org.apache.hadoop.hbase.DoNotRetryIOException;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Row;

/**
 * A call that runs on the local cluster first was applied there, and its outcome could not be
 * published: other clusters lack it. Repeating the call would apply it twice.
 */
public final class UnpublishedLocalWriteException extends DoNotRetryIOException {
  private static final long serialVersionUID = 1;

  private final transient Row unpublished;

  UnpublishedLocalWriteException(TableName table, Row unpublished, Throwable cause) {
    super(
        "a mutation of table '"
            + table
            + "' was applied to the local cluster but not published: "
            + cause.getMessage()
            + "; do not repeat the call, write unpublished() to the table instead",
        cause);
    this.unpublished = unpublished;
  }

  /**
   * The cells as they stand on the local cluster, with their timestamps. Writing them to the table
   * publishes them and changes nothing locally.
   */
  public Row unpublished() {
    return unpublished;
  }
}
