package io.hrp.producer.api;

import java.util.Optional;
import org.apache.hadoop.hbase.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Base of everything this library throws. The subclasses say what happened; all stand in this
 * package.
 */
public abstract class HrpProducerException extends RuntimeException {
  /** As text: a table's name is not serialisable, and Spark sends exceptions to its driver. */
  private final @Nullable String table;

  private final boolean retriable;

  HrpProducerException(
      String message, @Nullable TableName table, boolean retriable, @Nullable Throwable cause) {
    super(message, cause);
    this.table = table == null ? null : table.getNameAsString();
    this.retriable = retriable;
  }

  /** The table concerned; empty if the whole publisher is. */
  public final Optional<TableName> table() {
    return Optional.ofNullable(table).map(TableName::valueOf);
  }

  /** Whether the same call may succeed later on the same publisher. */
  public final boolean isRetriable() {
    return retriable;
  }
}
