package io.hrp.producer.api;

import java.time.Duration;
import org.apache.hadoop.hbase.TableName;

/**
 * This machine's clock is off by more than {@link PublisherOptions#maxSkew()}, so no timestamp is
 * taken from it: it was set while the publisher ran, or differs from the brokers'. Nothing was
 * sent. Mutations with explicit timestamps are published all the same.
 */
public final class ClockSkewException extends HrpProducerException {
  private final Duration skew;

  /**
   * @param skew how far the clock is ahead; negative if it is behind
   */
  public ClockSkewException(TableName table, Duration skew, Duration maxSkew) {
    super(
        "cannot publish to table '"
            + table
            + "': the clock of this machine is "
            + skew.abs().toMillis()
            + " ms "
            + (skew.isNegative() ? "behind" : "ahead")
            + " and at most "
            + maxSkew.toMillis()
            + " ms are allowed (hrp.producer.timestamp.max-skew-ms); correct the clock, or give the"
            + " mutations their timestamps",
        table,
        true,
        null);
    this.skew = skew;
  }

  /** How far the clock is ahead; negative if it is behind. */
  public Duration skew() {
    return skew;
  }
}
