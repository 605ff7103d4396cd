package io.hrp.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Says which partition of a table's topic a row belongs to: {@code (murmur2(row) & 0x7fffffff) mod
 * partitions}. This is what Kafka's Java producer does with a key by default, written out here
 * because a row must never move with a client's version, language or setting.
 *
 * <p>Stateless and safe for use by any thread.
 */
public final class RowPartitioner {
  private static final VarHandle LITTLE_ENDIAN_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  // Seed and multiplier of the murmur2 that Kafka's producers use.
  private static final int SEED = 0x9747b28c;
  private static final int MULTIPLIER = 0x5bd1e995;
  private static final int SHIFT = 24;

  private RowPartitioner() {}

  /** Partition of a whole array as row. */
  public static int partition(byte[] row, int partitions) {
    return partition(row, 0, row.length, partitions);
  }

  /** Partition of a row key. */
  public static int partition(RowKey row, int partitions) {
    return partition(row.array(), row.offset(), row.length(), partitions);
  }

  /**
   * Partition of a part of an array as row.
   *
   * @param partitions the count declared for the table, at least 1
   * @return 0 to {@code partitions - 1}
   * @throws IllegalArgumentException if there are no partitions
   */
  public static int partition(byte[] row, int offset, int length, int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException("a topic has at least 1 partition, got " + partitions);
    }
    return (murmur2(row, offset, length) & 0x7fffffff) % partitions;
  }

  static int murmur2(byte[] bytes, int offset, int length) {
    int hash = SEED ^ length;
    int wholeEnd = offset + (length & ~3);
    for (int i = offset; i < wholeEnd; i += 4) {
      int word = (int) LITTLE_ENDIAN_INT.get(bytes, i) * MULTIPLIER;
      word = (word ^ (word >>> SHIFT)) * MULTIPLIER;
      hash = (hash * MULTIPLIER) ^ word;
    }
    int tail = length & 3;
    if (tail > 0) {
      for (int i = 0; i < tail; i++) {
        hash ^= (bytes[wholeEnd + i] & 0xff) << (8 * i);
      }
      hash *= MULTIPLIER;
    }
    hash = (hash ^ (hash >>> 13)) * MULTIPLIER;
    return hash ^ (hash >>> 15);
  }
}
