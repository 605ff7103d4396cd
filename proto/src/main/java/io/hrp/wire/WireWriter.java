package io.hrp.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes protobuf fields one after the other, in one pass over the mutation, into a buffer that
 * each thread keeps; {@link #finished} copies out what was written. Use one writer at a time per
 * thread and none beyond a call. Not thread-safe.
 */
final class WireWriter {
  /** Most bytes a field's tag and number, or tag and length, take. */
  static final int MAX_FIELD_HEAD = 11;

  /** Bytes of the largest array that every JVM gives. */
  private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private static final int FIRST_SIZE = 4096;

  /** A larger buffer is not kept, in bytes: as much as Kafka takes for one record by default. */
  private static final int MAX_KEPT_SIZE = 1024 * 1024;

  private static final ThreadLocal<byte[]> KEPT =
      ThreadLocal.withInitial(() -> new byte[FIRST_SIZE]);

  private static final int MAX_LENGTH_VARINT = 5;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = KEPT.get();
  private int position;

  /** A message that no array can hold. */
  static final class TooLargeException extends RuntimeException {}

  /** A new array of exactly what was written. */
  byte[] finished() {
    if (bytes.length > FIRST_SIZE && bytes.length <= MAX_KEPT_SIZE) {
      KEPT.set(bytes);
    }
    return Arrays.copyOf(bytes, position);
  }

  /**
   * The buffer, with room for {@code size} bytes at {@link #position()}; valid until more is asked.
   */
  byte[] room(long size) {
    long needed = position + size;
    if (needed > bytes.length) {
      grow(needed);
    }
    return bytes;
  }

  int position() {
    return position;
  }

  /** Goes on after bytes that were put into the buffer. */
  void continueAt(int newPosition) {
    this.position = newPosition;
  }

  void varintField(int tag, long value) {
    position = putField(room(MAX_FIELD_HEAD), position, tag, value);
  }

  void bytesField(int tag, byte[] source) {
    bytesField(tag, source, 0, source.length);
  }

  void bytesField(int tag, byte[] source, int offset, int length) {
    byte[] target = room((long) MAX_FIELD_HEAD + length);
    int at = putField(target, position, tag, length);
    System.arraycopy(source, offset, target, at, length);
    position = at + length;
  }

  /** Begins a nested message whose size is not known yet; the result goes to {@link #endNested}. */
  int beginNested(int tag) {
    byte[] target = room(MAX_FIELD_HEAD);
    target[position] = (byte) tag;
    position += 1 + MAX_LENGTH_VARINT;
    return position;
  }

  /** Ends a nested message: its bytes move up to the length that now stands before them. */
  void endNested(int start) {
    int length = position - start;
    int head = start - MAX_LENGTH_VARINT;
    int at = putVarint(bytes, head, length);
    System.arraycopy(bytes, start, bytes, at, length);
    position = at + length;
  }

  /**
   * Puts a tag and a number, which may be a length, and gives the position after them. Most are
   * below 128: those go in one store, with one check of the array's bounds.
   */
  static int putField(byte[] target, int position, int tag, long value) {
    if ((value & ~0x7fL) == 0) {
      SHORT.set(target, position, (short) (tag | value << 8));
      return position + 2;
    }
    target[position] = (byte) tag;
    return putVarint(target, position + 1, value);
  }

  private static int putVarint(byte[] target, int position, long value) {
    int at = position;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    return at;
  }

  static int varintFieldSize(long value) {
    return 1 + varintSize(value);
  }

  static long lengthFieldSize(long length) {
    return 1 + varintSize(length) + length;
  }

  /** Bytes of a varint: one for every 7 bits begun; a 64-bit number has at most 10. */
  private static int varintSize(long value) {
    return (640 - Long.numberOfLeadingZeros(value) * 9) >>> 6;
  }

  private void grow(long needed) {
    if (needed > MAX_SIZE) {
      throw new TooLargeException();
    }
    // Doubling must not jump over the size that is kept, or a message of that size never keeps one.
    long most = needed <= MAX_KEPT_SIZE ? MAX_KEPT_SIZE : MAX_SIZE;
    bytes = Arrays.copyOf(bytes, (int) Math.min(most, Math.max(needed, 2L * bytes.length)));
  }
}
