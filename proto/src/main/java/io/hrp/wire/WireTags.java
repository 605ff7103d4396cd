package io.hrp.wire;

import io.hrp.proto.v1.Attribute;
import io.hrp.proto.v1.ColumnValue;
import io.hrp.proto.v1.PutMessage;

/**
 * Tags of the schema's fields: number and wire type as they stand before a value. All fit one byte.
 */
final class WireTags {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int START_GROUP = 3;
  static final int END_GROUP = 4;
  static final int FIXED32 = 5;

  static final int TABLENAME = PutMessage.TABLENAME_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  static final int TYPE = PutMessage.TYPE_FIELD_NUMBER << 3 | VARINT;
  static final int VERSION = PutMessage.VERSION_FIELD_NUMBER << 3 | VARINT;
  static final int ROW = PutMessage.ROW_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  static final int FAMILY = PutMessage.FAMILY_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  static final int TIMESTAMP = PutMessage.TIMESTAMP_FIELD_NUMBER << 3 | VARINT;
  static final int COLUMNS = PutMessage.COLUMNS_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  static final int PARTS = PutMessage.PARTS_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  static final int TTL_MS = PutMessage.TTL_MS_FIELD_NUMBER << 3 | VARINT;
  static final int VISIBILITY = PutMessage.VISIBILITY_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  static final int ACL = PutMessage.ACL_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  static final int ATTRIBUTES = PutMessage.ATTRIBUTES_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  static final int DURABILITY = PutMessage.DURABILITY_FIELD_NUMBER << 3 | VARINT;
  static final int CLUSTER_IDS = PutMessage.CLUSTER_IDS_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  static final int PUBLISH_TIME_MS = PutMessage.PUBLISH_TIME_MS_FIELD_NUMBER << 3 | VARINT;

  static final int CELL_QUALIFIER = ColumnValue.QUALIFIER_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  static final int CELL_VALUE = ColumnValue.VALUE_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  static final int CELL_FAMILY = ColumnValue.FAMILY_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  static final int CELL_TIMESTAMP = ColumnValue.TIMESTAMP_FIELD_NUMBER << 3 | VARINT;
  static final int CELL_TYPE = ColumnValue.TYPE_FIELD_NUMBER << 3 | VARINT;

  static final int ATTRIBUTE_NAME = Attribute.NAME_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  static final int ATTRIBUTE_VALUE = Attribute.VALUE_FIELD_NUMBER << 3 | LENGTH_DELIMITED;

  /** The version of the schema that these tags are. */
  static final int SCHEMA_VERSION = 1;

  private WireTags() {}
}
