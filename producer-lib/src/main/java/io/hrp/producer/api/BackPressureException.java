package io.hrp.producer.api;

import java.time.Duration;
import org.apache.hadoop.hbase.TableName;
import org.jspecify.annotations.Nullable;

/** Too much was in flight for too long. Nothing was sent for this call. */
public final class BackPressureException extends HrpProducerException {
  private final long bytesInFlight;
  private final long recordsInFlight;

  public BackPressureException(
      TableName table,
      Duration waited,
      long bytesInFlight,
      long recordsInFlight,
      @Nullable Throwable cause) {
    super(
        "cannot publish to table '"
            + table
            + "': "
            + bytesInFlight
            + " bytes in "
            + recordsInFlight
            + " records were still in flight after waiting "
            + waited.toMillis()
            + " ms; the broker is slow or out of reach, try again later",
        table,
        true,
        cause);
    this.bytesInFlight = bytesInFlight;
    this.recordsInFlight = recordsInFlight;
  }

  public long bytesInFlight() {
    return bytesInFlight;
  }

  public long recordsInFlight() {
    return recordsInFlight;
  }
}
