package io.hrp.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.PrivateCellUtil;
import org.jspecify.annotations.Nullable;

/**
 * One cell's parts, read once. Reused from cell to cell. {@code KeyValue}, which nearly every cell
 * of a client is, is read from its buffer directly, because each of its getters walks that buffer
 * from the start. Not thread-safe.
 */
final class CellReading {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  int qualifierLength;
  int valueLength;
  long timestamp;
  int type;

  private Cell cell;
  // Null for a cell that lies in a buffer, whose parts have no array.
  private byte @Nullable [] array;
  private int rowOffset;
  private int rowLength;
  private int familyOffset;
  private int familyLength;
  private int qualifierOffset;
  private int valueOffset;

  CellReading(Cell first) {
    this.cell = first;
    read(first);
  }

  void read(Cell next) {
    this.cell = next;
    if (next.getClass() == KeyValue.class) {
      KeyValue keyValue = (KeyValue) next;
      readKeyValue(keyValue.getBuffer(), keyValue.getOffset());
      return;
    }
    this.array = null;
    this.qualifierLength = next.getQualifierLength();
    this.valueLength = next.getValueLength();
    this.timestamp = next.getTimestamp();
    this.type = CellTypes.wireTypeOf(next);
  }

  /** HBase's layout: key length, value length, then row, family, qualifier, timestamp, type. */
  private void readKeyValue(byte[] buffer, int offset) {
    int keyLength = (int) INT.get(buffer, offset);
    int keyEnd = offset + KeyValue.ROW_OFFSET + keyLength;
    this.array = buffer;
    this.valueLength = (int) INT.get(buffer, offset + Integer.BYTES);
    this.rowLength = (short) SHORT.get(buffer, offset + KeyValue.ROW_OFFSET);
    this.rowOffset = offset + KeyValue.ROW_KEY_OFFSET;
    this.familyLength = buffer[rowOffset + rowLength];
    this.familyOffset = rowOffset + rowLength + 1;
    this.qualifierOffset = familyOffset + familyLength;
    this.qualifierLength = keyEnd - KeyValue.TIMESTAMP_TYPE_SIZE - qualifierOffset;
    this.timestamp = (long) LONG.get(buffer, keyEnd - KeyValue.TIMESTAMP_TYPE_SIZE);
    this.type = CellTypes.wireTypeOf(buffer[keyEnd - 1]);
    this.valueOffset = keyEnd;
  }

  boolean isOfRow(byte[] row) {
    return array == null
        ? PrivateCellUtil.matchingRows(cell, row, 0, row.length)
        : Arrays.equals(array, rowOffset, rowOffset + rowLength, row, 0, row.length);
  }

  boolean isOfFamily(byte[] family) {
    return array == null
        ? PrivateCellUtil.matchingFamily(cell, family, 0, family.length)
        : isFamily(array, family);
  }

  /** A plain loop: families have a few bytes, for which the vectorised comparison is slower. */
  private boolean isFamily(byte[] bytes, byte[] family) {
    if (familyLength != family.length) {
      return false;
    }
    for (int i = 0; i < family.length; i++) {
      if (bytes[familyOffset + i] != family[i]) {
        return false;
      }
    }
    return true;
  }

  void copyQualifierTo(byte[] target, int position) {
    if (array == null) {
      CellUtil.copyQualifierTo(cell, target, position);
    } else {
      System.arraycopy(array, qualifierOffset, target, position, qualifierLength);
    }
  }

  void copyValueTo(byte[] target, int position) {
    if (array == null) {
      CellUtil.copyValueTo(cell, target, position);
    } else {
      System.arraycopy(array, valueOffset, target, position, valueLength);
    }
  }
}
