package io.hrp.producer.mapreduce;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.io.ImmutableBytesWritable;
import org.apache.hadoop.io.Text;
import org.jspecify.annotations.Nullable;

/** Which table a value goes to: the configured one, or the one its key names. Immutable. */
final class TableOfKey {
  private final @Nullable TableName configured;

  private TableOfKey(@Nullable TableName configured) {
    this.configured = configured;
  }

  static TableOfKey of(Configuration configuration) {
    return new TableOfKey(configured(configuration).orElse(null));
  }

  /**
   * The table of a job that writes one; empty if keys name tables.
   *
   * @throws IllegalArgumentException if it is no table's name
   */
  static Optional<TableName> configured(Configuration configuration) {
    String name = configuration.getTrimmed(HrpOutputFormat.OUTPUT_TABLE, "");
    return name.isEmpty() ? Optional.empty() : Optional.of(TableName.valueOf(name));
  }

  /**
   * @throws IllegalArgumentException if no table is configured and the key names none
   */
  TableName of(@Nullable Object key) {
    if (configured != null) {
      return configured;
    }
    if (key instanceof ImmutableBytesWritable) {
      return TableName.valueOf(((ImmutableBytesWritable) key).copyBytes());
    }
    if (key instanceof Text) {
      return TableName.valueOf(key.toString());
    }
    throw new IllegalArgumentException(
        "no table: "
            + HrpOutputFormat.OUTPUT_TABLE
            + " is not set, and the key is "
            + (key == null ? "null" : "a " + key.getClass().getName())
            + " where an ImmutableBytesWritable or a Text has to name the table");
  }
}
