package io.hrp.it.order;

import io.hrp.producer.api.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellScanner;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;

/**
 * A mutation that was acknowledged.
 *
 * @param partition where its record lies
 * @param offset its place among the mutations of its row, which share a partition
 * @param cells what a cluster logs of it, a row's delete as one marker per family
 */
record PublishedMutation(int partition, long offset, List<Cell> cells) {
  PublishedMutation {
    cells = List.copyOf(cells);
    if (cells.isEmpty()) {
      throw new IllegalArgumentException("a mutation without cells leaves nothing in a log");
    }
  }

  static PublishedMutation of(Receipt receipt, List<String> families) {
    return of(receipt.partition(), receipt.offset(), receipt.stampedMutation(), families);
  }

  static PublishedMutation of(int partition, long offset, Row stamped, List<String> families) {
    List<Cell> cells = new ArrayList<>();
    if (stamped instanceof RowMutations several) {
      several.getMutations().forEach(one -> addCells(one, families, cells));
    } else {
      addCells((Mutation) stamped, families, cells);
    }
    return new PublishedMutation(partition, offset, cells);
  }

  private static void addCells(Mutation mutation, List<String> families, List<Cell> cells) {
    if (mutation instanceof Delete && mutation.isEmpty()) {
      for (String family : families) {
        cells.add(
            new KeyValue(
                mutation.getRow(),
                Bytes.toBytes(family),
                null,
                mutation.getTimestamp(),
                KeyValue.Type.DeleteFamily));
      }
      return;
    }
    CellScanner scanner = mutation.cellScanner();
    try {
      while (scanner.advance()) {
        cells.add(scanner.current());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String rowText() {
    Cell cell = cells.get(0);
    return Bytes.toStringBinary(cell.getRowArray(), cell.getRowOffset(), cell.getRowLength());
  }

  @Override
  public String toString() {
    return partition + "@" + offset + " " + cells;
  }
}
