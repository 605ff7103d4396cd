package io.hrp.producer.api;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Put;

/**
 * A put described by plain values, for writers that hold no HBase objects: {@code
 * publisher.row(table, row).cell(family, qualifier, value).publish()}. All cells of one write are
 * one mutation and become visible together.
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
    this.put = new Put(requireNonNull(row, "row"), HConstants.LATEST_TIMESTAMP);
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
