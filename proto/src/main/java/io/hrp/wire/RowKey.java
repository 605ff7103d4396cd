package io.hrp.wire;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row key: bytes with equality by content. A view of an array that its owner must not change.
 *
 * <p>Immutable under that rule and safe for use by any thread.
 */
public final class RowKey {
  /**
   * Longest row HBase takes, in bytes: its cell format counts a row with a signed 16-bit number.
   */
  public static final int MAX_LENGTH = Short.MAX_VALUE;

  private static final int PRINTED_BYTES = 64;
  private static final String HEX = "0123456789ABCDEF";

  private final byte[] array;
  private final int offset;
  private final int length;

  private RowKey(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** A view of the whole array. */
  public static RowKey wrap(byte[] row) {
    return new RowKey(requireNonNull(row, "row"), 0, row.length);
  }

  /**
   * A view of a part of an array.
   *
   * @throws IndexOutOfBoundsException if the part is not within the array
   */
  public static RowKey wrap(byte[] array, int offset, int length) {
    requireNonNull(array, "array");
    if (offset < 0 || length < 0 || length > array.length - offset) {
      throw new IndexOutOfBoundsException(
          "offset " + offset + " and length " + length + " of " + array.length + " bytes");
    }
    return new RowKey(array, offset, length);
  }

  public int length() {
    return length;
  }

  /** A copy of the row's bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** The array this is a view of, for hot paths; never to be written, nor read without offset. */
  public byte[] array() {
    return array;
  }

  /** Where the row begins in {@link #array()}. */
  public int offset() {
    return offset;
  }

  public boolean contentEquals(byte[] other) {
    return Arrays.equals(array, offset, offset + length, other, 0, other.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof RowKey)) {
      return false;
    }
    RowKey that = (RowKey) other;
    return Arrays.equals(
        array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** The first 64 bytes, those outside printable ASCII as {@code \xHH}, with the rest counted. */
  @Override
  public String toString() {
    int printed = Math.min(length, PRINTED_BYTES);
    StringBuilder text = new StringBuilder(printed + 16);
    for (int i = offset; i < offset + printed; i++) {
      int value = array[i] & 0xff;
      if (value >= ' ' && value <= '~' && value != '\\') {
        text.append((char) value);
      } else {
        text.append("\\x").append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 0xf));
      }
    }
    if (printed < length) {
      text.append("... (").append(length).append(" bytes)");
    }
    return text.toString();
  }
}
