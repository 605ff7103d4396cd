package io.hrp.producer.api;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Put;
import org.jspecify.annotations.Nullable;

/**
 * A put described by plain values, for writers that hold no HBase objects: {@code
 * publisher.row(table, row).cell(family, qualifier, value).publish()}. All cells of one write, of
 * several families too, are one mutation and become visible together.
 *
 * <p>Not safe for use by several threads; use each instance once.
 */
public final class RowWrite {
  private final HrpPublisher publisher;
  private final TableName table;
  private final Put put;

  RowWrite(HrpPublisher publisher, TableName table, byte[] row) {
    this.publisher = publisher;
    this.table = requireNonNull(table, "table");
    this.put = new Put(RowKeys.require(table, row), HConstants.LATEST_TIMESTAMP);
  }

  /** Adds a cell of texts, which are written in UTF-8. */
  public RowWrite cell(String family, String qualifier, String value) {
    return cell(family, qualifier, PlainValues.bytes(value));
  }

  /** Adds a cell whose names are texts. */
  public RowWrite cell(String family, String qualifier, byte[] value) {
    return cell(PlainValues.bytes(family), PlainValues.bytes(qualifier), value);
  }

  /** Adds a cell with what remains in the buffer, which is copied and left as it is. */
  public RowWrite cell(String family, String qualifier, ByteBuffer value) {
    return cell(family, qualifier, PlainValues.bytes(value));
  }

  /**
   * Adds a cell for each entry, from qualifier to value.
   *
   * @param values {@code byte[]}, {@link ByteBuffer} or text
   * @throws IllegalArgumentException for a value of another class or null
   */
  public RowWrite cells(String family, Map<String, ? extends @Nullable Object> values) {
    values.forEach(
        (qualifier, value) ->
            cell(family, qualifier, PlainValues.bytes(value, family + ":" + qualifier)));
    return this;
  }

  /** Adds a cell that gets its timestamp when it is published. An empty value is a value. */
  public RowWrite cell(byte[] family, byte[] qualifier, byte[] value) {
    put.addColumn(
        requireNonNull(family, "family"),
        requireNonNull(qualifier, "qualifier"),
        requireNonNull(value, "value"));
    return this;
  }

  /**
   * Adds a cell with a timestamp of its own.
   *
   * @param timestampMs milliseconds since 1970, not negative
   */
  public RowWrite cell(byte[] family, byte[] qualifier, byte[] value, long timestampMs) {
    put.addColumn(
        requireNonNull(family, "family"),
        requireNonNull(qualifier, "qualifier"),
        timestampMs,
        requireNonNull(value, "value"));
    return this;
  }

  /** Sets how long the cells live, at least one millisecond. */
  public RowWrite timeToLive(Duration timeToLive) {
    put.setTTL(timeToLive.toMillis());
    return this;
  }

  /**
   * Publishes what was added; see {@link HrpPublisher#publish(TableName,
   * org.apache.hadoop.hbase.client.Mutation)}.
   */
  @CanIgnoreReturnValue
  public CompletableFuture<Receipt> publish() {
    return publisher.publish(table, put);
  }
}
