package io.hrp.producer.api;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.util.Bytes;

/** Refuses row keys that HBase cannot hold, before its own classes do so in words of their own. */
final class RowKeys {
  private static final int SHOWN_BYTES = 64;

  private RowKeys() {}

  /**
   * The row, if HBase can hold it.
   *
   * @throws MutationRejectedException {@code ROW_EMPTY} or {@code ROW_TOO_LONG}
   */
  static byte[] require(TableName table, byte[] row) {
    requireNonNull(table, "table");
    int length = requireNonNull(row, "row").length;
    if (length == 0) {
      throw rejected(table, row, "ROW_EMPTY", "its row key is empty; give it at least one byte");
    }
    if (length > HConstants.MAX_ROW_LENGTH) {
      throw rejected(
          table,
          row,
          "ROW_TOO_LONG",
          "its row key has " + length + " bytes and " + HConstants.MAX_ROW_LENGTH + " are allowed");
    }
    return row;
  }

  private static MutationRejectedException rejected(
      TableName table, byte[] row, String reason, String why) {
    String shown =
        Bytes.toStringBinary(Arrays.copyOf(row, Math.min(row.length, SHOWN_BYTES)))
            + (row.length > SHOWN_BYTES ? "..." : "");
    return new MutationRejectedException(
        table,
        shown,
        reason,
        "cannot publish a mutation of row '" + shown + "' of table '" + table + "': " + why,
        null);
  }
}
