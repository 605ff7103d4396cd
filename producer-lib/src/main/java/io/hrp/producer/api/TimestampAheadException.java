package io.hrp.producer.api;

import java.time.Duration;
import org.apache.hadoop.hbase.TableName;

/**
 * One row was written so often, or the wall clock was set back so far, that its next timestamp
 * would lie too far ahead of the clock. Nothing was sent.
 */
public final class TimestampAheadException extends HrpProducerException {
  private final String row;

  public TimestampAheadException(TableName table, String row, Duration waited, long maxAheadMs) {
    super(
        "cannot publish to row '"
            + row
            + "' of table '"
            + table
            + "': its next timestamp is still more than "
            + maxAheadMs
            + " ms ahead of the clock after waiting "
            + waited.toMillis()
            + " ms; write the row less often than once a millisecond, and check that the clock was not set back",
        table,
        true,
        null);
    this.row = row;
  }

  /** The row, escaped and cut. */
  public String row() {
    return row;
  }
}
