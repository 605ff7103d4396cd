package io.hrp.wire;

import static io.hrp.wire.WireWriter.lengthFieldSize;
import static io.hrp.wire.WireWriter.varintFieldSize;

import io.hrp.proto.v1.MessageType;
import io.hrp.wire.MutationRefusedException.Reason;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.jspecify.annotations.Nullable;

/**
 * One put or delete on its way to the wire: a whole message's content or a part of a row mutation.
 * Its cells are checked as they are written.
 */
final class MutationDraft {
  private static final byte[] NONE = new byte[0];

  private final TableId table;
  private final byte[] row;
  private final WriterStamp stamp;
  private final Map<byte[], List<Cell>> families;
  private final boolean isPut;
  private final int type;
  private final byte[] family;
  private final long timestamp;
  private final @Nullable CellReading reading;
  private final DraftAttributes attributes;

  /**
   * Finds type and defaults, and checks all but the cells.
   *
   * @param inheritedTimestamp what a reader takes for a timestamp of 0: the outer message's for a
   *     part, 0 for a message
   * @throws MutationRefusedException if the mutation cannot be replayed faithfully
   */
  MutationDraft(
      TableId table, byte[] row, Mutation mutation, WriterStamp stamp, long inheritedTimestamp) {
    this.table = table;
    this.row = row;
    this.stamp = stamp;
    this.isPut = mutation instanceof Put;
    if (!isPut && !(mutation instanceof Delete)) {
      throw refused(Reason.UNSUPPORTED_MUTATION);
    }
    this.families = mutation.getFamilyCellMap();
    this.attributes = DraftAttributes.of(mutation, isPut, this, stamp);
    Map.Entry<byte[], List<Cell>> first = firstEntry(mutation);
    if (first == null) {
      if (isPut) {
        throw refused(Reason.NO_CELLS);
      }
      this.type = MessageType.MESSAGE_TYPE_ROW_DELETE_VALUE;
      this.family = NONE;
      this.timestamp = stamped(mutation.getTimestamp());
      this.reading = null;
    } else {
      this.type =
          isPut ? MessageType.MESSAGE_TYPE_PUT_VALUE : MessageType.MESSAGE_TYPE_DELETE_VALUE;
      this.family = first.getKey();
      CellReading cell = new CellReading(first.getValue().get(0));
      long firstTimestamp = stamped(cell.timestamp);
      this.timestamp = firstTimestamp == 0 ? inheritedTimestamp : firstTimestamp;
      this.reading = cell;
    }
  }

  /** The timestamp a message for this mutation would take as default, before checks. */
  static long defaultTimestampOf(Mutation mutation, WriterStamp stamp) {
    Map.Entry<byte[], List<Cell>> first = firstEntry(mutation);
    long timestamp =
        first == null ? mutation.getTimestamp() : first.getValue().get(0).getTimestamp();
    return timestamp == HConstants.LATEST_TIMESTAMP ? stamp.timestamp() : timestamp;
  }

  static boolean isRowDelete(Mutation mutation) {
    return mutation instanceof Delete && firstEntry(mutation) == null;
  }

  int type() {
    return type;
  }

  byte[] family() {
    return family;
  }

  long timestamp() {
    return timestamp;
  }

  DraftAttributes attributes() {
    return attributes;
  }

  MutationRefusedException refused(Reason reason) {
    return new MutationRefusedException(reason, table, RowKey.wrap(row.clone()));
  }

  /**
   * Writes the cells.
   *
   * @throws MutationRefusedException if one cannot be replayed faithfully
   */
  void writeCells(WireWriter out) {
    CellReading cell = reading;
    if (cell == null) {
      return;
    }
    for (Map.Entry<byte[], List<Cell>> entry : families.entrySet()) {
      byte[] cellFamily = entry.getKey();
      boolean isDefault = cellFamily == family;
      int familySize = isDefault ? 0 : (int) lengthFieldSize(cellFamily.length);
      List<Cell> cells = entry.getValue();
      for (int i = 0, count = cells.size(); i < count; i++) {
        cell.read(cells.get(i));
        requireReplayable(cell, cellFamily);
        long cellTimestamp = stampedUnchecked(cell.timestamp);
        long size = cellSize(cell, familySize, cellTimestamp);
        byte[] bytes = out.room(size + WireWriter.MAX_FIELD_HEAD);
        int at = WireWriter.putField(bytes, out.position(), WireTags.COLUMNS, size);
        if (cell.qualifierLength > 0) {
          at = WireWriter.putField(bytes, at, WireTags.CELL_QUALIFIER, cell.qualifierLength);
          cell.copyQualifierTo(bytes, at);
          at += cell.qualifierLength;
        }
        if (cell.valueLength > 0) {
          at = WireWriter.putField(bytes, at, WireTags.CELL_VALUE, cell.valueLength);
          cell.copyValueTo(bytes, at);
          at += cell.valueLength;
        }
        if (!isDefault) {
          at = WireWriter.putField(bytes, at, WireTags.CELL_FAMILY, cellFamily.length);
          System.arraycopy(cellFamily, 0, bytes, at, cellFamily.length);
          at += cellFamily.length;
        }
        if (cellTimestamp != timestamp) {
          at = WireWriter.putField(bytes, at, WireTags.CELL_TIMESTAMP, cellTimestamp);
        }
        if (cell.type != CellTypes.PUT) {
          at = WireWriter.putField(bytes, at, WireTags.CELL_TYPE, cell.type);
        }
        out.continueAt(at);
      }
    }
  }

  private void requireReplayable(CellReading cell, byte[] cellFamily) {
    if (!cell.isOfRow(row)) {
      throw refused(Reason.MIXED_ROWS);
    }
    if (cellFamily.length == 0) {
      throw refused(Reason.FAMILY_EMPTY);
    }
    if (!cell.isOfFamily(cellFamily)) {
      throw refused(Reason.FAMILY_MISMATCH);
    }
    if (cell.type == CellTypes.UNKNOWN || isPut != (cell.type == CellTypes.PUT)) {
      throw refused(Reason.CELL_TYPE_UNFIT);
    }
    if (cell.timestamp < 0) {
      throw refused(Reason.TIMESTAMP_NEGATIVE);
    }
    if (cell.timestamp == HConstants.LATEST_TIMESTAMP && CellTypes.deletesExactVersion(cell.type)) {
      throw refused(Reason.LATEST_VERSION_DELETE);
    }
  }

  private long cellSize(CellReading cell, int familySize, long cellTimestamp) {
    long size = familySize;
    if (cell.qualifierLength > 0) {
      size += lengthFieldSize(cell.qualifierLength);
    }
    if (cell.valueLength > 0) {
      size += lengthFieldSize(cell.valueLength);
    }
    if (cellTimestamp != timestamp) {
      size += varintFieldSize(cellTimestamp);
    }
    if (cell.type != CellTypes.PUT) {
      size += varintFieldSize(cell.type);
    }
    return size;
  }

  private long stamped(long cellTimestamp) {
    if (cellTimestamp < 0) {
      throw refused(Reason.TIMESTAMP_NEGATIVE);
    }
    return stampedUnchecked(cellTimestamp);
  }

  private long stampedUnchecked(long cellTimestamp) {
    return cellTimestamp == HConstants.LATEST_TIMESTAMP ? stamp.timestamp() : cellTimestamp;
  }

  /** The first family with a cell: HBase's map can hold empty lists. */
  private static Map.@Nullable Entry<byte[], List<Cell>> firstEntry(Mutation mutation) {
    for (Map.Entry<byte[], List<Cell>> entry : mutation.getFamilyCellMap().entrySet()) {
      if (!entry.getValue().isEmpty()) {
        return entry;
      }
    }
    return null;
  }
}
