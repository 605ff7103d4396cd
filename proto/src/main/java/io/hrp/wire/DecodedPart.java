package io.hrp.wire;

import io.hrp.proto.v1.Durability;
import io.hrp.proto.v1.MessageType;
import java.util.ArrayList;
import java.util.List;

/** One checked put, delete or row delete of a message, with its cells as slices of the record. */
final class DecodedPart {
  private static final int MAX_FAMILY_LENGTH = Byte.MAX_VALUE;
  private static final SliceCell[] NO_CELLS = new SliceCell[0];

  final MessageFields fields;
  final SliceCell[] cells;
  final List<NamedSlice> attributes;

  private DecodedPart(MessageFields fields, SliceCell[] cells, List<NamedSlice> attributes) {
    this.fields = fields;
    this.cells = cells;
    this.attributes = attributes;
  }

  /** A further attribute: its value lies in the record's bytes. */
  static final class NamedSlice {
    final String name;
    final int offset;
    final int length;

    NamedSlice(String name, int offset, int length) {
      this.name = name;
      this.offset = offset;
      this.length = length;
    }
  }

  /**
   * Checks a part and reads its cells.
   *
   * @param fields the part, its defaults resolved
   * @param outer the message, whose row the cells are of; the same object for a message of one part
   */
  static DecodedPart read(byte[] value, WireReader in, MessageFields fields, MessageFields outer) {
    requireValidFields(fields, in);
    SliceCell[] cells = NO_CELLS;
    if (fields.type == MessageType.MESSAGE_TYPE_ROW_DELETE_VALUE) {
      if (fields.columnCount > 0) {
        throw in.malformed("a row delete has cells");
      }
    } else {
      if (fields.columnCount == 0) {
        throw in.malformed("a put or delete has no cells");
      }
      cells = cells(value, in, fields, outer);
    }
    return new DecodedPart(fields, cells, attributes(in, fields));
  }

  boolean isPut() {
    return fields.type == MessageType.MESSAGE_TYPE_PUT_VALUE;
  }

  boolean isRowDelete() {
    return fields.type == MessageType.MESSAGE_TYPE_ROW_DELETE_VALUE;
  }

  private static void requireValidFields(MessageFields fields, WireReader in) {
    requireValidTimestamp(fields.timestamp, in);
    if (fields.hasTtl && (fields.ttlMs < 1 || fields.type != MessageType.MESSAGE_TYPE_PUT_VALUE)) {
      throw in.malformed("a time to live is below 1 ms or not on a put");
    }
    if (Durability.forNumber(fields.durability) == null) {
      throw new NewerSchemaException(
          "cannot read a message of durability "
              + fields.durability
              + ", which this reader does not know");
    }
  }

  private static SliceCell[] cells(
      byte[] value, WireReader in, MessageFields fields, MessageFields outer) {
    SliceCell[] cells = new SliceCell[fields.columnCount];
    SliceCell.CellSlices at = new SliceCell.CellSlices();
    at.rowOffset = outer.rowOffset;
    at.rowLength = outer.rowLength;
    boolean isPut = fields.type == MessageType.MESSAGE_TYPE_PUT_VALUE;
    int count = 0;
    in.range(fields.start, fields.end);
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (tag == WireTags.COLUMNS) {
        int length = in.length();
        int end = in.position() + length;
        in.range(in.position(), end);
        cells[count++] = cell(value, in, fields, at, isPut);
        in.range(end, fields.end);
      } else {
        in.skip(tag);
      }
    }
    return cells;
  }

  private static SliceCell cell(
      byte[] value, WireReader in, MessageFields fields, SliceCell.CellSlices at, boolean isPut) {
    at.familyOffset = fields.familyOffset;
    at.familyLength = fields.familyLength;
    at.qualifierOffset = 0;
    at.qualifierLength = 0;
    at.valueOffset = 0;
    at.valueLength = 0;
    long timestamp = fields.timestamp;
    int type = CellTypes.PUT;
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (tag == WireTags.CELL_QUALIFIER) {
        at.qualifierLength = in.skipBytes();
        at.qualifierOffset = in.position() - at.qualifierLength;
      } else if (tag == WireTags.CELL_VALUE) {
        at.valueLength = in.skipBytes();
        at.valueOffset = in.position() - at.valueLength;
      } else if (tag == WireTags.CELL_FAMILY) {
        at.familyLength = in.skipBytes();
        at.familyOffset = in.position() - at.familyLength;
      } else if (tag == WireTags.CELL_TIMESTAMP) {
        timestamp = in.varint();
      } else if (tag == WireTags.CELL_TYPE) {
        type = (int) in.varint();
      } else {
        in.skip(tag);
      }
    }
    byte code = CellTypes.codeOf(type);
    if (code == 0) {
      throw new NewerSchemaException(
          "cannot read a cell of type " + type + ", which this reader does not know");
    }
    if (isPut != (type == CellTypes.PUT)) {
      throw in.malformed("a put has a delete's cell or a delete has a put's");
    }
    if (at.familyLength < 1 || at.familyLength > MAX_FAMILY_LENGTH) {
      throw in.malformed("a family has " + at.familyLength + " bytes, not 1 to 127");
    }
    if (timestamp != fields.timestamp) {
      requireValidTimestamp(timestamp, in);
    }
    return new SliceCell(value, at, timestamp, code);
  }

  private static List<NamedSlice> attributes(WireReader in, MessageFields fields) {
    if (fields.attributeCount == 0) {
      return List.of();
    }
    List<NamedSlice> attributes = new ArrayList<>(fields.attributeCount);
    in.range(fields.start, fields.end);
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (tag == WireTags.ATTRIBUTES) {
        int length = in.length();
        int end = in.position() + length;
        in.range(in.position(), end);
        attributes.add(attribute(in));
        in.range(end, fields.end);
      } else {
        in.skip(tag);
      }
    }
    return attributes;
  }

  private static NamedSlice attribute(WireReader in) {
    String name = "";
    int offset = 0;
    int length = 0;
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (tag == WireTags.ATTRIBUTE_NAME) {
        int nameLength = in.skipBytes();
        name = in.text(in.position() - nameLength, nameLength);
      } else if (tag == WireTags.ATTRIBUTE_VALUE) {
        length = in.skipBytes();
        offset = in.position() - length;
      } else {
        in.skip(tag);
      }
    }
    if (AttributeNames.isHBases(name)) {
      throw in.malformed("an attribute has no name or one of HBase's own");
    }
    return new NamedSlice(name, offset, length);
  }

  private static void requireValidTimestamp(long timestamp, WireReader in) {
    if (timestamp < 0 || timestamp == Long.MAX_VALUE) {
      throw in.malformed("a timestamp is negative or LATEST_TIMESTAMP");
    }
  }
}
