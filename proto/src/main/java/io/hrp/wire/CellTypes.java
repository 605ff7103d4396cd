package io.hrp.wire;

import io.hrp.proto.v1.CellType;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.ExtendedCell;
import org.apache.hadoop.hbase.KeyValue;

/** The wire's numbers for cell types and HBase's codes for them. */
final class CellTypes {
  static final int PUT = CellType.CELL_TYPE_PUT_VALUE;
  static final int DELETE = CellType.CELL_TYPE_DELETE_VALUE;
  static final int DELETE_COLUMN = CellType.CELL_TYPE_DELETE_COLUMN_VALUE;
  static final int DELETE_FAMILY = CellType.CELL_TYPE_DELETE_FAMILY_VALUE;
  static final int DELETE_FAMILY_VERSION = CellType.CELL_TYPE_DELETE_FAMILY_VERSION_VALUE;

  /** Neither in the schema nor a type that a cell can be published with. */
  static final int UNKNOWN = -1;

  private static final byte CODE_PUT = KeyValue.Type.Put.getCode();
  private static final byte CODE_DELETE = KeyValue.Type.Delete.getCode();
  private static final byte CODE_DELETE_COLUMN = KeyValue.Type.DeleteColumn.getCode();
  private static final byte CODE_DELETE_FAMILY = KeyValue.Type.DeleteFamily.getCode();
  private static final byte CODE_DELETE_FAMILY_VERSION =
      KeyValue.Type.DeleteFamilyVersion.getCode();

  private CellTypes() {}

  /** The wire's number for a cell's type, or {@link #UNKNOWN}. */
  static int wireTypeOf(Cell cell) {
    return wireTypeOf(
        cell instanceof ExtendedCell
            ? ((ExtendedCell) cell).getTypeByte()
            : cell.getType().getCode());
  }

  /** The wire's number for HBase's code of a cell's type, or {@link #UNKNOWN}. */
  static int wireTypeOf(byte code) {
    if (code == CODE_PUT) {
      return PUT;
    } else if (code == CODE_DELETE) {
      return DELETE;
    } else if (code == CODE_DELETE_COLUMN) {
      return DELETE_COLUMN;
    } else if (code == CODE_DELETE_FAMILY) {
      return DELETE_FAMILY;
    } else if (code == CODE_DELETE_FAMILY_VERSION) {
      return DELETE_FAMILY_VERSION;
    }
    return UNKNOWN;
  }

  /** HBase's code for a wire number, or 0 for a number this schema does not have. */
  static byte codeOf(int wireType) {
    switch (wireType) {
      case CellType.CELL_TYPE_PUT_VALUE:
        return CODE_PUT;
      case CellType.CELL_TYPE_DELETE_VALUE:
        return CODE_DELETE;
      case CellType.CELL_TYPE_DELETE_COLUMN_VALUE:
        return CODE_DELETE_COLUMN;
      case CellType.CELL_TYPE_DELETE_FAMILY_VALUE:
        return CODE_DELETE_FAMILY;
      case CellType.CELL_TYPE_DELETE_FAMILY_VERSION_VALUE:
        return CODE_DELETE_FAMILY_VERSION;
      default:
        return 0;
    }
  }

  /** Whether cells of a type with LATEST_TIMESTAMP mean "the newest version", whichever it is. */
  static boolean deletesExactVersion(int wireType) {
    return wireType == DELETE || wireType == DELETE_FAMILY_VERSION;
  }
}
