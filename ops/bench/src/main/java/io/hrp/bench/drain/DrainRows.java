package io.hrp.bench.drain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.hadoop.hbase.client.Put;

/**
 * The rows that every side writes: five columns of 20 bytes, keys spread evenly, timestamps set.
 */
final class DrainRows {

  static final byte[] FAMILY = "d".getBytes(StandardCharsets.UTF_8);

  /** Milliseconds since 1970, in 2026. */
  static final long TIMESTAMP = 1_770_000_000_000L;

  private static final byte[][] QUALIFIERS = {
    {'c', '0'}, {'c', '1'}, {'c', '2'}, {'c', '3'}, {'c', '4'}
  };
  private static final int VALUE_LENGTH = 20;

  private DrainRows() {}

  /** The row of that number: always the same one. */
  static Put put(int number) {
    Random random = new Random(number);
    Put put = new Put(key(number), TIMESTAMP);
    for (byte[] qualifier : QUALIFIERS) {
      byte[] value = new byte[VALUE_LENGTH];
      random.nextBytes(value);
      put.addColumn(FAMILY, qualifier, value);
    }
    return put;
  }

  /** 16 bytes; no two numbers have the same, and neighbours lie far apart. */
  static byte[] key(int number) {
    // An odd factor permutes the numbers, so regions split evenly get even shares.
    long spread = number * 0x9E3779B97F4A7C15L;
    return ByteBuffer.allocate(16).putLong(spread).putLong(number).array();
  }

  /** Keys that cut the table into regions of equal share. */
  static byte[][] splits(int regions) {
    byte[][] splits = new byte[regions - 1][];
    for (int i = 1; i < regions; i++) {
      splits[i - 1] = new byte[] {(byte) (i * 256 / regions)};
    }
    return splits;
  }
}
