package io.hrp.it.env;

import io.hrp.producer.api.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellComparator;
import org.apache.hadoop.hbase.CellScanner;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;

/**
 * Everything that was acknowledged for one table, as the raw cells every peer has to hold: puts,
 * delete markers, timestamps as the receipts have them. Made for what fits in a test's heap.
 *
 * <p>Thread-safe. Two mutations of one cell with equal timestamp and type are decided as HBase
 * decides them, by the later one, and that is the one with the higher offset.
 */
public final class Ledger {
  /** Sorts as HBase does and knows nothing of when a cell was written. */
  static final Comparator<Cell> CELL_ORDER = CellComparator.getInstance();

  private final List<String> families;
  private final NavigableMap<Cell, Expected> cells = new TreeMap<>(CELL_ORDER);
  private long mutations;

  /** The value a cell has to hold and the offset that says so. */
  private record Expected(Cell cell, long offset) {}

  /** For a table with these families; a delete of a whole row marks each of them. */
  public Ledger(List<String> families) {
    this.families = List.copyOf(families);
  }

  /** Notes that a mutation was acknowledged. */
  public void acknowledged(Receipt receipt) {
    expect(receipt.stampedMutation(), receipt.offset());
  }

  /**
   * Notes a mutation that peers have to hold, however it got there.
   *
   * @param stamped with a timestamp in every cell
   * @param offset where it stands among the mutations of its row
   */
  public synchronized void expect(Row stamped, long offset) {
    mutations++;
    if (stamped instanceof RowMutations several) {
      several.getMutations().forEach(one -> expectCells(one, offset));
    } else {
      expectCells((Mutation) stamped, offset);
    }
  }

  private void expectCells(Mutation mutation, long offset) {
    if (mutation instanceof Delete && mutation.isEmpty()) {
      for (String family : families) {
        byte[] name = Bytes.toBytes(family);
        add(
            new KeyValue(
                mutation.getRow(), name, null, mutation.getTimestamp(), KeyValue.Type.DeleteFamily),
            offset);
      }
      return;
    }
    CellScanner scanner = mutation.cellScanner();
    try {
      while (scanner.advance()) {
        add(copy(scanner.current()), offset);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(Cell cell, long offset) {
    if (cell.getTimestamp() == Long.MAX_VALUE) {
      throw new IllegalArgumentException("a cell without a timestamp: " + cell);
    }
    Expected now = cells.get(cell);
    if (now == null || now.offset() <= offset) {
      cells.put(cell, new Expected(cell, offset));
    }
  }

  /** How many mutations were acknowledged. */
  public synchronized long mutations() {
    return mutations;
  }

  /** The raw cells a peer has to hold now, in HBase's order. */
  public synchronized List<Cell> cells() {
    return cells.values().stream().map(Expected::cell).toList();
  }

  /** A cell of its own memory, without what only its server knows of it. */
  static Cell copy(Cell cell) {
    return new KeyValue(
        CellUtil.cloneRow(cell),
        CellUtil.cloneFamily(cell),
        CellUtil.cloneQualifier(cell),
        cell.getTimestamp(),
        KeyValue.Type.codeToType(cell.getType().getCode()),
        CellUtil.cloneValue(cell));
  }
}
