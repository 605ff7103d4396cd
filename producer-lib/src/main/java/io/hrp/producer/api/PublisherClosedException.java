package io.hrp.producer.api;

import org.apache.hadoop.hbase.TableName;
import org.jspecify.annotations.Nullable;

/** The publisher is closed or closing. Nothing was sent for this call. */
public final class PublisherClosedException extends HrpProducerException {
  public PublisherClosedException(@Nullable TableName table) {
    super(
        "cannot publish"
            + (table == null ? "" : " to table '" + table + "'")
            + ": the publisher is closed",
        table,
        false,
        null);
  }
}
