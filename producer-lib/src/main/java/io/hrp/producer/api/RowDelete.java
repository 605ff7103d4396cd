package io.hrp.producer.api;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Delete;

/**
 * A delete described by plain values: {@code publisher.delete(table, row).column(family,
 * qualifier).publish()}. With nothing named the whole row is deleted. It deletes what is older than
 * the timestamp it gets when it is published.
 *
 * <p>Not safe for use by several threads; use each instance once.
 */
public final class RowDelete {
  private final HrpPublisher publisher;
  private final TableName table;
  private final Delete delete;

  RowDelete(HrpPublisher publisher, TableName table, byte[] row) {
    this.publisher = publisher;
    this.table = requireNonNull(table, "table");
    this.delete = new Delete(RowKeys.require(table, row));
  }

  /** Deletes a whole family of the row. */
  public RowDelete family(byte[] family) {
    delete.addFamily(requireNonNull(family, "family"));
    return this;
  }

  /** As above, with the name as text. */
  public RowDelete family(String family) {
    return family(PlainValues.bytes(family));
  }

  /** Deletes all versions of a column. */
  public RowDelete column(byte[] family, byte[] qualifier) {
    delete.addColumns(requireNonNull(family, "family"), requireNonNull(qualifier, "qualifier"));
    return this;
  }

  /** As above, with the names as texts. */
  public RowDelete column(String family, String qualifier) {
    return column(PlainValues.bytes(family), PlainValues.bytes(qualifier));
  }

  /**
   * Deletes the version of a column that has exactly this timestamp. The latest version, whichever
   * that is, cannot be named: it is another one on every cluster.
   *
   * @param timestampMs milliseconds since 1970, not negative
   */
  public RowDelete version(byte[] family, byte[] qualifier, long timestampMs) {
    delete.addColumn(
        requireNonNull(family, "family"), requireNonNull(qualifier, "qualifier"), timestampMs);
    return this;
  }

  /** As above, with the names as texts. */
  public RowDelete version(String family, String qualifier, long timestampMs) {
    return version(PlainValues.bytes(family), PlainValues.bytes(qualifier), timestampMs);
  }

  /**
   * Publishes the delete; see {@link HrpPublisher#publish(TableName,
   * org.apache.hadoop.hbase.client.Mutation)}.
   */
  @CanIgnoreReturnValue
  public CompletableFuture<Receipt> publish() {
    return publisher.publish(table, delete);
  }
}
