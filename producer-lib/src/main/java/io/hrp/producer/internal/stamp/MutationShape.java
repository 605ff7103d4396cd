package io.hrp.producer.internal.stamp;

import java.util.List;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;

/** Looks at a mutation without encoding it. Stateless. */
public final class MutationShape {
  private MutationShape() {}

  /** Whether anything in it has no timestamp yet. */
  public static boolean needsTimestamp(Row mutation) {
    if (mutation instanceof RowMutations) {
      for (Mutation part : ((RowMutations) mutation).getMutations()) {
        if (needsTimestamp(part)) {
          return true;
        }
      }
      return false;
    }
    Mutation single = (Mutation) mutation;
    if (single.isEmpty()) {
      return single.getTimestamp() == HConstants.LATEST_TIMESTAMP;
    }
    for (List<Cell> cells : single.getFamilyCellMap().values()) {
      for (int i = 0; i < cells.size(); i++) {
        if (cells.get(i).getTimestamp() == HConstants.LATEST_TIMESTAMP) {
          return true;
        }
      }
    }
    return false;
  }
}
