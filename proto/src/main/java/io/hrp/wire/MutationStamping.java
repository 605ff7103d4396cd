package io.hrp.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hbase.ByteBufferExtendedCell;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.KeyValueUtil;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;

/** Copies mutations with the timestamps filled in. */
final class MutationStamping {
  private MutationStamping() {}

  static Row stamped(Row mutation, long timestamp) {
    if (mutation instanceof RowMutations) {
      List<Mutation> parts = ((RowMutations) mutation).getMutations();
      try {
        RowMutations copy = new RowMutations(mutation.getRow(), Math.max(1, parts.size()));
        for (Mutation part : parts) {
          copy.add(stampedMutation(part, timestamp));
        }
        return copy;
      } catch (IOException e) {
        throw new UncheckedIOException("a part of a row mutation is of another row", e);
      }
    }
    return stampedMutation(mutation, timestamp);
  }

  private static Mutation stampedMutation(Row mutation, long timestamp) {
    Mutation copy;
    if (mutation instanceof Put) {
      copy = new Put((Put) mutation);
    } else if (mutation instanceof Delete) {
      copy = new Delete((Delete) mutation);
    } else {
      throw new IllegalArgumentException(
          "only Put, Delete and RowMutations can be stamped, got " + mutation.getClass().getName());
    }
    // HBase's copy constructors leave the durability behind.
    copy.setDurability(((Mutation) mutation).getDurability());
    if (copy.getTimestamp() == HConstants.LATEST_TIMESTAMP) {
      copy.setTimestamp(timestamp);
    }
    for (Map.Entry<byte[], List<Cell>> entry : copy.getFamilyCellMap().entrySet()) {
      List<Cell> cells = new ArrayList<>(entry.getValue().size());
      for (Cell cell : entry.getValue()) {
        cells.add(stampedCell(cell, timestamp));
      }
      entry.setValue(cells);
    }
    return copy;
  }

  private static Cell stampedCell(Cell cell, long timestamp) {
    boolean isUnstamped = cell.getTimestamp() == HConstants.LATEST_TIMESTAMP;
    if (!isUnstamped && !(cell instanceof ByteBufferExtendedCell)) {
      return cell;
    }
    // A copy also of what lies in a buffer, which its owner may reuse.
    KeyValue copy = KeyValueUtil.copyToNewKeyValue(cell);
    if (isUnstamped) {
      copy.setTimestamp(timestamp);
    }
    return copy;
  }
}
