package io.hrp.producer.internal.route;

import io.hrp.wire.RowPartitioner;

/** Where a table's mutations go, as long as one control state holds. Immutable. */
public final class TableRoute {
  /**
   * What Kafka adds to a record alone in its batch, at most: batch header 61 bytes, record header
   * 21, lengths of key and value 10, header count 1 (message format 2).
   */
  public static final int RECORD_OVERHEAD_BYTES = 93;

  private final int partitions;
  private final long controlOffset;
  private final SizeLimit sizeLimit;

  public TableRoute(int partitions, long controlOffset, SizeLimit sizeLimit) {
    this.partitions = partitions;
    this.controlOffset = controlOffset;
    this.sizeLimit = sizeLimit;
  }

  /** The partitions declared for the table, which need not be all its topic has. */
  public int partitions() {
    return partitions;
  }

  /** The control state this was taken from. */
  public long controlOffset() {
    return controlOffset;
  }

  public SizeLimit sizeLimit() {
    return sizeLimit;
  }

  public int partitionOf(byte[] row) {
    return RowPartitioner.partition(row, partitions);
  }

  /** Bytes that Kafka counts for a record, before compression. */
  public static long recordBytes(byte[] key, byte[] value) {
    return (long) RECORD_OVERHEAD_BYTES + key.length + value.length;
  }

  /** The same route under a later control state that declares the same count. */
  public TableRoute confirmedBy(long laterControlOffset) {
    return new TableRoute(partitions, laterControlOffset, sizeLimit);
  }
}
