package io.hrp.wire;

import io.hrp.proto.v1.MessageType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads record values into mutations. Accepts what any protobuf writer may produce for the schema:
 * fields in any order, unknown fields, repeated single fields of which the last counts.
 *
 * <p>Stateless and safe for use by any thread.
 */
public final class MutationDecoder {
  private MutationDecoder() {}

  /**
   * Decodes and checks a record's value.
   *
   * @param value kept by the result, whose cells are slices of it; nobody may write to it
   * @throws NewerSchemaException if a newer reader might know what it means
   * @throws MalformedMessageException if it breaks the contract; nothing else is ever thrown
   */
  public static DecodedMutation decode(byte[] value) {
    WireReader in = new WireReader(value, 0, value.length);
    MessageFields message = new MessageFields(in);
    requireKnownSchema(message);
    if (message.tableLength == 0) {
      throw in.malformed("it names no table");
    }
    in.requireText(message.tableOffset, message.tableLength);
    if (message.rowLength < 1 || message.rowLength > RowKey.MAX_LENGTH) {
      throw in.malformed("the row has " + message.rowLength + " bytes, not 1 to 32767");
    }
    List<UUID> clusterIds = clusterIds(value, message, in);
    if (message.type == MessageType.MESSAGE_TYPE_ROW_MUTATIONS_VALUE) {
      return new DecodedMutation(value, message, clusterIds, parts(value, message, in));
    }
    if (message.partCount > 0) {
      throw in.malformed("it has parts and is no row mutation");
    }
    DecodedPart part = DecodedPart.read(value, in, message, message);
    return new DecodedMutation(value, message, clusterIds, new DecodedPart[] {part});
  }

  private static void requireKnownSchema(MessageFields message) {
    if (Integer.compareUnsigned(message.version, WireTags.SCHEMA_VERSION) > 0) {
      throw new NewerSchemaException(
          "cannot read a message of schema version "
              + Integer.toUnsignedString(message.version)
              + ": this reader knows up to version "
              + WireTags.SCHEMA_VERSION
              + "; upgrade it");
    }
    if (MessageType.forNumber(message.type) == null) {
      throw new NewerSchemaException(
          "cannot read a message of type " + message.type + ", which this reader does not know");
    }
    if (message.version < WireTags.SCHEMA_VERSION) {
      throw new MalformedMessageException("cannot read a message: it names no schema version");
    }
  }

  private static DecodedPart[] parts(byte[] value, MessageFields message, WireReader in) {
    if (message.columnCount > 0) {
      throw in.malformed("a row mutation has cells beside its parts");
    }
    if (message.partCount == 0) {
      throw in.malformed("a row mutation has no parts");
    }
    if (message.hasTtl
        || message.visibilityOffset != MessageFields.ABSENT
        || message.aclOffset != MessageFields.ABSENT
        || message.attributeCount > 0) {
      throw in.malformed("a row mutation has attributes that belong to its parts");
    }
    DecodedPart[] parts = new DecodedPart[message.partCount];
    int count = 0;
    in.range(message.start, message.end);
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (tag == WireTags.PARTS) {
        int length = in.length();
        int start = in.position();
        parts[count++] = part(value, message, new WireReader(value, start, start + length));
        in.range(start + length, message.end);
      } else {
        in.skip(tag);
      }
    }
    return parts;
  }

  private static DecodedPart part(byte[] value, MessageFields message, WireReader in) {
    MessageFields part = new MessageFields(in);
    if (MessageType.forNumber(part.type) == null) {
      throw new NewerSchemaException(
          "cannot read a part of type " + part.type + ", which this reader does not know");
    }
    if (part.type == MessageType.MESSAGE_TYPE_ROW_MUTATIONS_VALUE || part.partCount > 0) {
      throw in.malformed("a part has parts itself");
    }
    if (part.tableLength > 0
        || part.version != 0
        || part.rowLength > 0
        || part.clusterIdCount > 0
        || part.publishTimeMs != 0) {
      throw in.malformed("a part has a field that belongs to the outer message");
    }
    if (part.familyLength == 0) {
      part.familyOffset = message.familyOffset;
      part.familyLength = message.familyLength;
    }
    if (part.timestamp == 0) {
      part.timestamp = message.timestamp;
    }
    if (part.durability == 0) {
      part.durability = message.durability;
    }
    return DecodedPart.read(value, in, part, message);
  }

  private static List<UUID> clusterIds(byte[] value, MessageFields message, WireReader in) {
    if (message.clusterIdCount == 0) {
      return List.of();
    }
    List<UUID> clusterIds = new ArrayList<>(message.clusterIdCount);
    in.range(message.start, message.end);
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (tag == WireTags.CLUSTER_IDS) {
        int length = in.skipBytes();
        ByteBuffer id = ByteBuffer.wrap(value, in.position() - length, length);
        clusterIds.add(new UUID(id.getLong(), id.getLong()));
      } else {
        in.skip(tag);
      }
    }
    return List.copyOf(clusterIds);
  }
}
