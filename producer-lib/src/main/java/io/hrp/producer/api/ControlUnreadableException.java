package io.hrp.producer.api;

import java.time.Duration;
import org.apache.hadoop.hbase.TableName;
import org.jspecify.annotations.Nullable;

/**
 * The control topic, which declares the partition counts, could not be read to its end in time.
 * Nothing was sent; the publisher keeps trying.
 */
public final class ControlUnreadableException extends HrpProducerException {
  public ControlUnreadableException(@Nullable TableName table, Duration waited) {
    super(
        "cannot publish"
            + (table == null ? "" : " to table '" + table + "'")
            + ": the topic 'hrp-control' was not read to its end within "
            + waited.toMillis()
            + " ms; check kafka.bootstrap.servers, that the broker is up, and that"
            + " the topic exists (hrp topic create makes it)",
        table,
        true,
        null);
  }
}
