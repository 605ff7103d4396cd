package io.hrp.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.ExtendedCell;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.util.ClassSize;

/**
 * A cell whose parts are slices of one record's bytes. It carries no tags and no sequence id, which
 * only a server gives.
 *
 * <p>Immutable, as long as nobody writes to the record's array; safe for use by any thread.
 */
@SuppressWarnings(
    "deprecation") // Cell deprecates what ExtendedCell declares again for code like this.
final class SliceCell implements ExtendedCell {
  private static final long FIXED_HEAP_SIZE =
      ClassSize.align(
          ClassSize.OBJECT
              + ClassSize.REFERENCE
              + 6L * Integer.BYTES
              + Long.BYTES
              + Short.BYTES
              + 2L * Byte.BYTES);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  /** Longer values are not copied on the way out, in bytes: a copy then costs more than a call. */
  private static final int MAX_COPIED_VALUE = 1024;

  private final byte[] bytes;
  private final int rowOffset;
  private final int familyOffset;
  private final int qualifierOffset;
  private final int qualifierLength;
  private final int valueOffset;
  private final int valueLength;
  private final long timestamp;
  private final short rowLength;
  private final byte familyLength;
  private final byte typeCode;

  /** {@code at} gives row, family, qualifier and value of the cell within its {@code bytes}. */
  SliceCell(byte[] bytes, CellSlices at, long timestamp, byte typeCode) {
    this.bytes = bytes;
    this.rowOffset = at.rowOffset;
    this.rowLength = (short) at.rowLength;
    this.familyOffset = at.familyOffset;
    this.familyLength = (byte) at.familyLength;
    this.qualifierOffset = at.qualifierOffset;
    this.qualifierLength = at.qualifierLength;
    this.valueOffset = at.valueOffset;
    this.valueLength = at.valueLength;
    this.timestamp = timestamp;
    this.typeCode = typeCode;
  }

  /** Where the parts of a cell lie; reused from cell to cell while a message is read. */
  static final class CellSlices {
    int rowOffset;
    int rowLength;
    int familyOffset;
    int familyLength;
    int qualifierOffset;
    int qualifierLength;
    int valueOffset;
    int valueLength;
  }

  @Override
  public byte[] getRowArray() {
    return bytes;
  }

  @Override
  public int getRowOffset() {
    return rowOffset;
  }

  @Override
  public short getRowLength() {
    return rowLength;
  }

  @Override
  public byte[] getFamilyArray() {
    return bytes;
  }

  @Override
  public int getFamilyOffset() {
    return familyOffset;
  }

  @Override
  public byte getFamilyLength() {
    return familyLength;
  }

  @Override
  public byte[] getQualifierArray() {
    return bytes;
  }

  @Override
  public int getQualifierOffset() {
    return qualifierOffset;
  }

  @Override
  public int getQualifierLength() {
    return qualifierLength;
  }

  @Override
  public byte[] getValueArray() {
    return bytes;
  }

  @Override
  public int getValueOffset() {
    return valueOffset;
  }

  @Override
  public int getValueLength() {
    return valueLength;
  }

  @Override
  public long getTimestamp() {
    return timestamp;
  }

  @Override
  public byte getTypeByte() {
    return typeCode;
  }

  @Override
  public byte[] getTagsArray() {
    return HConstants.EMPTY_BYTE_ARRAY;
  }

  @Override
  public int getTagsOffset() {
    return 0;
  }

  @Override
  public int getTagsLength() {
    return 0;
  }

  @Override
  public long getSequenceId() {
    return HConstants.NO_SEQNUM;
  }

  @Override
  public int getSerializedSize() {
    return KeyValue.KEYVALUE_INFRASTRUCTURE_SIZE
        + KeyValue.KEY_INFRASTRUCTURE_SIZE
        + rowLength
        + familyLength
        + qualifierLength
        + valueLength;
  }

  @Override
  public int getSerializedSize(boolean withTags) {
    return getSerializedSize();
  }

  /**
   * Writes the cell as HBase's codec wants it, in one call where the value is short: each call into
   * the client's buffers costs more than copying a few bytes twice.
   */
  @Override
  public int write(OutputStream out, boolean withTags) throws IOException {
    int size = getSerializedSize();
    boolean isShort = valueLength <= MAX_COPIED_VALUE;
    byte[] copy = new byte[isShort ? size : size - valueLength];
    int at = writeKey(copy);
    if (isShort) {
      System.arraycopy(bytes, valueOffset, copy, at, valueLength);
      out.write(copy, 0, copy.length);
    } else {
      out.write(copy, 0, copy.length);
      out.write(bytes, valueOffset, valueLength);
    }
    return size;
  }

  private int writeKey(byte[] target) {
    INT.set(
        target, 0, KeyValue.KEY_INFRASTRUCTURE_SIZE + rowLength + familyLength + qualifierLength);
    INT.set(target, Integer.BYTES, valueLength);
    SHORT.set(target, KeyValue.ROW_OFFSET, rowLength);
    int at = KeyValue.ROW_KEY_OFFSET;
    System.arraycopy(bytes, rowOffset, target, at, rowLength);
    at += rowLength;
    target[at++] = familyLength;
    System.arraycopy(bytes, familyOffset, target, at, familyLength);
    at += familyLength;
    System.arraycopy(bytes, qualifierOffset, target, at, qualifierLength);
    at += qualifierLength;
    LONG.set(target, at, timestamp);
    at += Long.BYTES;
    target[at++] = typeCode;
    return at;
  }

  /** The object and the bytes its parts take, as if they were its own. */
  @Override
  public long heapSize() {
    return FIXED_HEAP_SIZE
        + ClassSize.align(rowLength + familyLength + qualifierLength + valueLength);
  }

  @Override
  public void setSequenceId(long sequenceId) {
    throw new UnsupportedOperationException("a decoded cell cannot be changed");
  }

  @Override
  public void setTimestamp(long newTimestamp) {
    throw new UnsupportedOperationException("a decoded cell cannot be changed");
  }

  @Override
  public void setTimestamp(byte[] newTimestamp) {
    throw new UnsupportedOperationException("a decoded cell cannot be changed");
  }

  @Override
  public String toString() {
    return CellUtil.toString(this, false);
  }
}
