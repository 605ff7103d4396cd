package io.hrp.ops.verify;

import io.hrp.wire.RowKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The cells that acknowledged mutations have to lead to, packed row by row: some 40 bytes a cell
 * instead of the 300 that objects would take.
 *
 * <p>Thread-safe while it is filled; a cursor shows what was there when it was opened. Of two equal
 * cells the one noted later stands, as in HBase.
 */
public final class ExpectedCells {

  private final ConcurrentHashMap<RowKey, byte[]> packedByRow = new ConcurrentHashMap<>();

  /** Notes the cells of one mutation, all of one row. */
  public void add(List<RawCell> cells) {
    if (cells.isEmpty()) {
      return;
    }
    byte[] packed = pack(cells);
    packedByRow.merge(RowKey.wrap(cells.get(0).row()), packed, ExpectedCells::concatenated);
  }

  /** All cells in order. */
  public CellCursor cursor() {
    Map<RowKey, byte[]> sorted = new TreeMap<>(ExpectedCells::compareRows);
    sorted.putAll(packedByRow);
    return new Cursor(sorted);
  }

  private static int compareRows(RowKey a, RowKey b) {
    return Arrays.compareUnsigned(
        a.array(),
        a.offset(),
        a.offset() + a.length(),
        b.array(),
        b.offset(),
        b.offset() + b.length());
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] pack(List<RawCell> cells) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (RawCell cell : cells) {
        out.writeByte(cell.family().length);
        out.write(cell.family());
        out.writeInt(cell.qualifier().length);
        out.write(cell.qualifier());
        out.writeLong(cell.timestamp());
        out.writeByte(cell.type());
        out.writeInt(cell.value().length);
        out.write(cell.value());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static List<RawCell> unpack(byte[] row, byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    Map<RawCell, RawCell> latest = new TreeMap<>();
    while (in.hasRemaining()) {
      byte[] family = bytes(in, in.get() & 0xff);
      byte[] qualifier = bytes(in, in.getInt());
      long timestamp = in.getLong();
      int type = in.get() & 0xff;
      RawCell cell = new RawCell(row, family, qualifier, timestamp, type, bytes(in, in.getInt()));
      latest.put(cell, cell);
    }
    return new ArrayList<>(latest.values());
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /** Unpacks one row at a time. */
  private static final class Cursor implements CellCursor {

    private final Iterator<Map.Entry<RowKey, byte[]>> rows;
    private Iterator<RawCell> cellsOfRow = Collections.emptyIterator();
    private @Nullable RawCell cell;

    Cursor(Map<RowKey, byte[]> rows) {
      this.rows = rows.entrySet().iterator();
    }

    @Override
    public boolean advance() {
      while (!cellsOfRow.hasNext()) {
        if (!rows.hasNext()) {
          return false;
        }
        Map.Entry<RowKey, byte[]> row = rows.next();
        cellsOfRow = unpack(row.getKey().toByteArray(), row.getValue()).iterator();
      }
      cell = cellsOfRow.next();
      return true;
    }

    @Override
    public RawCell cell() {
      if (cell == null) {
        throw new IllegalStateException("advance first");
      }
      return cell;
    }

    @Override
    public void close() {}
  }
}
