package io.hrp.producer.api;

import org.apache.hadoop.hbase.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A mutation cannot be replayed faithfully on another cluster, or HBase itself would refuse it.
 * Nothing was sent; the same mutation will always be rejected.
 */
public final class MutationRejectedException extends HrpProducerException {
  private final String reason;
  private final String row;

  public MutationRejectedException(
      TableName table, String row, String reason, String message, @Nullable Throwable cause) {
    super(message, table, false, cause);
    this.row = row;
    this.reason = reason;
  }

  /** The reason's name, such as {@code NO_CELLS} or {@code LATEST_VERSION_DELETE}. */
  public String reason() {
    return reason;
  }

  /** The row, escaped and cut. */
  public String row() {
    return row;
  }
}
