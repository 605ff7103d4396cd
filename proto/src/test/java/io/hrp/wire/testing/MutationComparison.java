package io.hrp.wire.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;

/** Describes all that a mutation holds, so that two of them can be compared as text. */
public final class MutationComparison {
  private MutationComparison() {}

  /** Class, row, timestamp, durability, attributes and every cell with its exact bytes. */
  public static List<String> describe(Row row) {
    List<String> lines = new ArrayList<>();
    if (row instanceof RowMutations) {
      lines.add("RowMutations " + Bytes.toHex(row.getRow()));
      for (Mutation part : ((RowMutations) row).getMutations()) {
        lines.addAll(describe(part));
      }
      return lines;
    }
    Mutation mutation = (Mutation) row;
    lines.add(
        mutation.getClass().getSimpleName()
            + " "
            + Bytes.toHex(mutation.getRow())
            + (mutation.isEmpty() ? " at " + mutation.getTimestamp() : "")
            + " "
            + mutation.getDurability());
    for (Map.Entry<String, byte[]> attribute :
        new TreeMap<>(mutation.getAttributesMap()).entrySet()) {
      lines.add("attribute " + attribute.getKey() + "=" + Bytes.toHex(attribute.getValue()));
    }
    for (List<Cell> cells : mutation.getFamilyCellMap().values()) {
      for (Cell cell : cells) {
        lines.add(describe(cell));
      }
    }
    return lines;
  }

  private static String describe(Cell cell) {
    return "cell "
        + Bytes.toHex(CellUtil.cloneRow(cell))
        + "/"
        + Bytes.toHex(CellUtil.cloneFamily(cell))
        + ":"
        + Bytes.toHex(CellUtil.cloneQualifier(cell))
        + "/"
        + cell.getTimestamp()
        + "/"
        + cell.getType()
        + "="
        + Bytes.toHex(CellUtil.cloneValue(cell));
  }
}
