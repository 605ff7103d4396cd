package io.hrp.wire;

/**
 * Fields of one message or part, as offsets into the record's bytes: the first of two passes, which
 * finds the defaults wherever they stand and counts the cells. The last of a repeated single field
 * counts, unknown fields are passed by, and so are known ones with another wire type.
 */
final class MessageFields {
  static final int ABSENT = -1;

  int tableOffset;
  int tableLength;
  int type;
  int version;
  int rowOffset;
  int rowLength;
  int familyOffset;
  int familyLength;
  long timestamp;
  int columnCount;
  int partCount;
  boolean hasTtl;
  long ttlMs;
  int visibilityOffset = ABSENT;
  int visibilityLength;
  int aclOffset = ABSENT;
  int aclLength;
  int attributeCount;
  int durability;
  int clusterIdCount;
  long publishTimeMs;

  /** Where the range of this message begins and ends. */
  final int start;

  final int end;

  MessageFields(WireReader in) {
    this.start = in.position();
    this.end = in.limit();
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (tag == WireTags.COLUMNS) {
        columnCount++;
        in.skipBytes();
      } else {
        read(tag, in);
      }
    }
  }

  private void read(int tag, WireReader in) {
    switch (tag) {
      case WireTags.TABLENAME:
        tableLength = in.skipBytes();
        tableOffset = in.position() - tableLength;
        return;
      case WireTags.TYPE:
        type = (int) in.varint();
        return;
      case WireTags.VERSION:
        version = (int) in.varint();
        return;
      case WireTags.ROW:
        rowLength = in.skipBytes();
        rowOffset = in.position() - rowLength;
        return;
      case WireTags.FAMILY:
        familyLength = in.skipBytes();
        familyOffset = in.position() - familyLength;
        return;
      case WireTags.TIMESTAMP:
        timestamp = in.varint();
        return;
      case WireTags.PARTS:
        partCount++;
        in.skipBytes();
        return;
      case WireTags.DURABILITY:
        durability = (int) in.varint();
        return;
      case WireTags.PUBLISH_TIME_MS:
        publishTimeMs = in.varint();
        return;
      default:
        readExtra(tag, in);
        return;
    }
  }

  private void readExtra(int tag, WireReader in) {
    switch (tag) {
      case WireTags.TTL_MS:
        hasTtl = true;
        ttlMs = in.varint();
        return;
      case WireTags.VISIBILITY:
        visibilityLength = in.skipBytes();
        visibilityOffset = in.position() - visibilityLength;
        return;
      case WireTags.ACL:
        aclLength = in.skipBytes();
        aclOffset = in.position() - aclLength;
        return;
      case WireTags.ATTRIBUTES:
        attributeCount++;
        in.skipBytes();
        return;
      case WireTags.CLUSTER_IDS:
        clusterIdCount++;
        if (in.skipBytes() != 2 * Long.BYTES) {
          throw in.malformed("a cluster id has not 16 bytes");
        }
        return;
      default:
        in.skip(tag);
        return;
    }
  }
}
