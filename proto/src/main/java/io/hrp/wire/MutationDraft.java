package io.hrp.wire;

import static io.hrp.wire.WireWriter.lengthFieldSize;
import static io.hrp.wire.WireWriter.varintFieldSize;

import io.hrp.proto.v1.MessageType;
import io.hrp.wire.MutationRefusedException.Reason;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.PrivateCellUtil;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.jspecify.annotations.Nullable;

/**
 * One put or delete, checked and measured, ready to be written: a whole message's content or a part
 * of a row mutation. Reads the mutation twice, once to measure and once to write, so that the bytes
 * are allocated once and at their size.
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
  private final long cellsSize;
  private final DraftAttributes attributes;

  /**
   * Checks and measures.
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
    Cell first = firstCell(mutation);
    if (first == null) {
      if (isPut) {
        throw refused(Reason.NO_CELLS);
      }
      this.type = MessageType.MESSAGE_TYPE_ROW_DELETE_VALUE;
      this.family = NONE;
      this.timestamp = stamped(mutation.getTimestamp());
      this.cellsSize = 0;
    } else {
      this.type =
          isPut ? MessageType.MESSAGE_TYPE_PUT_VALUE : MessageType.MESSAGE_TYPE_DELETE_VALUE;
      this.family = firstFamily();
      long firstTimestamp = stamped(first.getTimestamp());
      this.timestamp = firstTimestamp == 0 ? inheritedTimestamp : firstTimestamp;
      this.cellsSize = measureCells();
    }
  }

  /** The timestamp a message for this mutation would take as default, before checks. */
  static long defaultTimestampOf(Mutation mutation, WriterStamp stamp) {
    Cell first = firstCell(mutation);
    long timestamp = first == null ? mutation.getTimestamp() : first.getTimestamp();
    return timestamp == HConstants.LATEST_TIMESTAMP ? stamp.timestamp() : timestamp;
  }

  static boolean isRowDelete(Mutation mutation) {
    return mutation instanceof Delete && firstCell(mutation) == null;
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

  long cellsSize() {
    return cellsSize;
  }

  DraftAttributes attributes() {
    return attributes;
  }

  MutationRefusedException refused(Reason reason) {
    return new MutationRefusedException(reason, table, RowKey.wrap(row.clone()));
  }

  void writeCells(WireWriter out) {
    for (Map.Entry<byte[], List<Cell>> entry : families.entrySet()) {
      byte[] cellFamily = entry.getKey();
      boolean isDefault = cellFamily == family;
      int familySize = isDefault ? 0 : (int) lengthFieldSize(cellFamily.length);
      for (Cell cell : entry.getValue()) {
        int qualifierLength = cell.getQualifierLength();
        int valueLength = cell.getValueLength();
        long cellTimestamp = stampedUnchecked(cell.getTimestamp());
        int cellType = isPut ? CellTypes.PUT : CellTypes.wireTypeOf(cell);
        long size = cellSize(familySize, qualifierLength, valueLength, cellTimestamp, cellType);
        out.lengthField(WireTags.COLUMNS, (int) size);
        if (qualifierLength > 0) {
          out.lengthField(WireTags.CELL_QUALIFIER, qualifierLength);
          CellUtil.copyQualifierTo(cell, out.array(), out.position());
          out.advance(qualifierLength);
        }
        if (valueLength > 0) {
          out.lengthField(WireTags.CELL_VALUE, valueLength);
          CellUtil.copyValueTo(cell, out.array(), out.position());
          out.advance(valueLength);
        }
        if (!isDefault) {
          out.bytesField(WireTags.CELL_FAMILY, cellFamily);
        }
        if (cellTimestamp != timestamp) {
          out.varintField(WireTags.CELL_TIMESTAMP, cellTimestamp);
        }
        if (cellType != CellTypes.PUT) {
          out.varintField(WireTags.CELL_TYPE, cellType);
        }
      }
    }
  }

  private long measureCells() {
    long size = 0;
    for (Map.Entry<byte[], List<Cell>> entry : families.entrySet()) {
      byte[] cellFamily = entry.getKey();
      int familySize = cellFamily == family ? 0 : (int) lengthFieldSize(cellFamily.length);
      for (Cell cell : entry.getValue()) {
        int cellType = checkedType(cell, cellFamily);
        long cellTimestamp = stamped(cell.getTimestamp());
        if (!isPut
            && CellTypes.deletesExactVersion(cellType)
            && cell.getTimestamp() == HConstants.LATEST_TIMESTAMP) {
          throw refused(Reason.LATEST_VERSION_DELETE);
        }
        size +=
            lengthFieldSize(
                cellSize(
                    familySize,
                    cell.getQualifierLength(),
                    cell.getValueLength(),
                    cellTimestamp,
                    cellType));
      }
    }
    return size;
  }

  private int checkedType(Cell cell, byte[] cellFamily) {
    if (!PrivateCellUtil.matchingRows(cell, row, 0, row.length)) {
      throw refused(Reason.MIXED_ROWS);
    }
    if (cellFamily.length == 0) {
      throw refused(Reason.FAMILY_EMPTY);
    }
    if (!PrivateCellUtil.matchingFamily(cell, cellFamily, 0, cellFamily.length)) {
      throw refused(Reason.FAMILY_MISMATCH);
    }
    int cellType = CellTypes.wireTypeOf(cell);
    if (cellType == CellTypes.UNKNOWN || isPut != (cellType == CellTypes.PUT)) {
      throw refused(Reason.CELL_TYPE_UNFIT);
    }
    return cellType;
  }

  private long cellSize(
      int familySize, int qualifierLength, int valueLength, long cellTimestamp, int cellType) {
    long size = familySize;
    if (qualifierLength > 0) {
      size += lengthFieldSize(qualifierLength);
    }
    if (valueLength > 0) {
      size += lengthFieldSize(valueLength);
    }
    if (cellTimestamp != timestamp) {
      size += varintFieldSize(cellTimestamp);
    }
    if (cellType != CellTypes.PUT) {
      size += varintFieldSize(cellType);
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

  private byte[] firstFamily() {
    for (Map.Entry<byte[], List<Cell>> entry : families.entrySet()) {
      if (!entry.getValue().isEmpty()) {
        return entry.getKey();
      }
    }
    return NONE;
  }

  private static @Nullable Cell firstCell(Mutation mutation) {
    for (List<Cell> cells : mutation.getFamilyCellMap().values()) {
      if (!cells.isEmpty()) {
        return cells.get(0);
      }
    }
    return null;
  }
}
