package io.hrp.producer.api;

import org.apache.hadoop.hbase.TableName;
import org.jspecify.annotations.Nullable;

/** The calling thread was interrupted while it waited; its interrupt flag is set again. */
public final class PublishInterruptedException extends HrpProducerException {
  public PublishInterruptedException(@Nullable TableName table, Throwable cause) {
    super(
        "interrupted while waiting" + (table == null ? "" : " to publish to table '" + table + "'"),
        table,
        true,
        cause);
  }
}
