package io.hrp.producer.api;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Put;
import org.jspecify.annotations.Nullable;

/**
 * For tools that write one cell after another: consecutive cells of one row become one mutation, so
 * that they are published together and become visible together. A row is published when the next
 * one begins, when one of its columns comes a second time, and by {@link #flush} and {@link
 * #close}, which leave the publisher open.
 *
 * <p>Not safe for use by several threads; make one for each.
 */
public final class CellWriter implements AutoCloseable {
  private final HrpPublisher publisher;
  private @Nullable TableName table;
  private @Nullable Put put;

  CellWriter(HrpPublisher publisher) {
    this.publisher = publisher;
  }

  /**
   * Writes a cell of texts, in UTF-8.
   *
   * @param tableName {@code table} or {@code namespace:table}
   */
  public void write(String tableName, String row, String family, String qualifier, String value) {
    write(
        TableName.valueOf(tableName),
        PlainValues.bytes(row),
        PlainValues.bytes(family),
        PlainValues.bytes(qualifier),
        PlainValues.bytes(value));
  }

  /**
   * Writes a cell.
   *
   * @throws HrpProducerException if the row before it, or this cell's row key, is refused
   */
  public void write(
      TableName cellTable, byte[] row, byte[] family, byte[] qualifier, byte[] value) {
    requireNonNull(family, "family");
    requireNonNull(qualifier, "qualifier");
    requireNonNull(value, "value");
    Put current = put;
    if (current == null
        || !cellTable.equals(table)
        || !Arrays.equals(current.getRow(), row)
        || current.has(family, qualifier)) {
      publishRow();
      current = new Put(RowKeys.require(cellTable, row));
      table = cellTable;
      put = current;
    }
    current.addColumn(family, qualifier, value);
  }

  /**
   * Publishes the last row and waits for all outcomes; see {@link HrpPublisher#flush}.
   *
   * @throws FlushFailedException if mutations were not acknowledged
   */
  public void flush() {
    publishRow();
    publisher.flush();
  }

  /** As {@link #flush}. */
  @Override
  public void close() {
    flush();
  }

  private void publishRow() {
    Put whole = put;
    TableName its = table;
    put = null;
    table = null;
    if (whole != null && its != null) {
      publisher.publish(its, whole);
    }
  }
}
