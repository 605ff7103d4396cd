package io.hrp.producer.internal.stamp;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;

/** Looks at a mutation without encoding it. Stateless. */
public final class MutationShape {
  /** More than a cell's own fields, tags and lengths can take on the wire beside its bytes. */
  private static final long CELL_OVERHEAD = 40;

  /** The same for a mutation: versions, times, durability, and lengths. */
  private static final long MUTATION_OVERHEAD = 100;

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

  /** An upper bound of the bytes its record takes, key included and the table's name left out. */
  public static long sizeBound(Row mutation) {
    if (mutation instanceof RowMutations) {
      long size = MUTATION_OVERHEAD + 2L * mutation.getRow().length;
      for (Mutation part : ((RowMutations) mutation).getMutations()) {
        size += bodySize(part);
      }
      return size;
    }
    return 2L * mutation.getRow().length + bodySize((Mutation) mutation);
  }

  private static long bodySize(Mutation mutation) {
    long size = MUTATION_OVERHEAD;
    for (List<Cell> cells : mutation.getFamilyCellMap().values()) {
      for (int i = 0; i < cells.size(); i++) {
        Cell cell = cells.get(i);
        size +=
            CELL_OVERHEAD
                + cell.getFamilyLength()
                + cell.getQualifierLength()
                + cell.getValueLength();
      }
    }
    for (Map.Entry<String, byte[]> attribute : mutation.getAttributesMap().entrySet()) {
      size += 16 + 3L * attribute.getKey().length() + attribute.getValue().length;
    }
    return size;
  }
}
