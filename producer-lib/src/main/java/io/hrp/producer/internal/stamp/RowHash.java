package io.hrp.producer.internal.stamp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A hash of 64 bits of a table and a row. Not stored and not sent: it may change at any time. */
public final class RowHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Odd constants from SplitMix64 (Steele, Lea, Flood 2014), which spread single bits well. */
  private static final long FIRST = 0xbf58476d1ce4e5b9L;

  private static final long SECOND = 0x94d049bb133111ebL;

  private RowHash() {}

  public static long of(int tableHash, byte[] row) {
    long hash = mix(tableHash * FIRST + row.length);
    int at = 0;
    for (; at + Long.BYTES <= row.length; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONG.get(row, at));
    }
    long rest = 0;
    for (; at < row.length; at++) {
      rest = rest << 8 | (row[at] & 0xff);
    }
    return mix(hash ^ rest);
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * FIRST;
    mixed = (mixed ^ (mixed >>> 27)) * SECOND;
    return mixed ^ (mixed >>> 31);
  }
}
