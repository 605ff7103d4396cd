package io.hrp.producer.api;

import org.apache.hadoop.hbase.TableName;

/** A mutation does not fit a Kafka record. Nothing was sent; it will never fit as it is. */
public final class MutationTooLargeException extends HrpProducerException {
  private final String row;
  private final long sizeBytes;
  private final long limitBytes;
  private final String limitName;

  /**
   * @param row escaped and cut
   * @param limitName the setting that sets the limit
   */
  public MutationTooLargeException(
      TableName table, String row, long sizeBytes, long limitBytes, String limitName) {
    super(
        "cannot publish a mutation of row '"
            + row
            + "' to table '"
            + table
            + "': it takes "
            + sizeBytes
            + " bytes and the limit is "
            + limitBytes
            + " bytes ("
            + limitName
            + "); write smaller values or fewer cells at once, or raise the limit",
        table,
        false,
        null);
    this.row = row;
    this.sizeBytes = sizeBytes;
    this.limitBytes = limitBytes;
    this.limitName = limitName;
  }

  /** The row, escaped and cut. */
  public String row() {
    return row;
  }

  /** Bytes of the record before compression, Kafka's own overhead included. */
  public long sizeBytes() {
    return sizeBytes;
  }

  public long limitBytes() {
    return limitBytes;
  }

  /** The setting that sets the limit: {@code max.request.size} or {@code max.message.bytes}. */
  public String limitName() {
    return limitName;
  }
}
