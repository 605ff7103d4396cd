package io.hrp.producer.hbase;

import io.hrp.producer.api.MutationTooLargeException;
import io.hrp.wire.RowKey;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Put;

/** HBase's own client-side limit on a cell of a Put. Immutable. */
final class CellSizeLimit {
  private static final String KEY = "hbase.client.keyvalue.maxsize";

  /** HBase's default. */
  private static final int DEFAULT_BYTES = 10 << 20;

  private final TableName table;
  private final int maxBytes;

  CellSizeLimit(TableName table, int maxBytes) {
    this.table = table;
    this.maxBytes = maxBytes;
  }

  static int configured(Configuration configuration) {
    return configuration.getInt(KEY, DEFAULT_BYTES);
  }

  /** Refuses a put with a cell above the limit; zero and less mean no limit. */
  void require(Put put) throws PublishRefusedException {
    if (maxBytes <= 0) {
      return;
    }
    for (List<Cell> cells : put.getFamilyCellMap().values()) {
      for (Cell cell : cells) {
        int bytes = cell.getSerializedSize();
        if (bytes > maxBytes) {
          throw new PublishRefusedException(
              new MutationTooLargeException(
                  table, RowKey.wrap(put.getRow()).toString(), bytes, maxBytes, KEY));
        }
      }
    }
  }
}
