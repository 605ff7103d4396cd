package io.hrp.wire;

import io.hrp.proto.v1.MessageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;

/**
 * A record's value, decoded and checked: one mutation of one row. Its cells are slices of the
 * record's bytes.
 *
 * <p>Immutable, as long as nobody writes to those bytes; safe for use by any thread.
 */
public final class DecodedMutation {
  /** What a record does to its row. */
  public enum Kind {
    PUT,
    DELETE,
    /** A delete without cells: everything up to its timestamp, in every family selected. */
    ROW_DELETE,
    /** Several of the others, applied as one. */
    ROW_MUTATIONS
  }

  private final byte[] value;
  private final MessageFields message;
  private final List<UUID> clusterIds;
  private final DecodedPart[] parts;

  DecodedMutation(byte[] value, MessageFields message, List<UUID> clusterIds, DecodedPart[] parts) {
    this.value = value;
    this.message = message;
    this.clusterIds = clusterIds;
    this.parts = parts;
  }

  /** The table as the message names it; not checked to be {@code namespace:table}. */
  public String tableName() {
    return new String(value, message.tableOffset, message.tableLength, StandardCharsets.UTF_8);
  }

  /** Whether the message names this table; cheaper than comparing {@link #tableName}. */
  public boolean isOfTable(TableId table) {
    byte[] name = table.qualifiedNameUtf8();
    int offset = message.tableOffset;
    return Arrays.equals(value, offset, offset + message.tableLength, name, 0, name.length);
  }

  /** The row, a view of the record's bytes. */
  public RowKey row() {
    return RowKey.wrap(value, message.rowOffset, message.rowLength);
  }

  public Kind kind() {
    switch (message.type) {
      case MessageType.MESSAGE_TYPE_PUT_VALUE:
        return Kind.PUT;
      case MessageType.MESSAGE_TYPE_DELETE_VALUE:
        return Kind.DELETE;
      case MessageType.MESSAGE_TYPE_ROW_DELETE_VALUE:
        return Kind.ROW_DELETE;
      default:
        return Kind.ROW_MUTATIONS;
    }
  }

  /** The clusters the mutation has been on, in the order of the message; immutable. */
  public List<UUID> clusterIds() {
    return clusterIds;
  }

  /**
   * When the writer published it by its own clock, milliseconds since 1970; 0 if it did not say.
   */
  public long publishTimeMs() {
    return message.publishTimeMs;
  }

  /** Cells of the message; a row delete counts none. */
  public int cellCount() {
    int count = 0;
    for (DecodedPart part : parts) {
      count += part.cells.length;
    }
    return count;
  }

  /** Bytes of the record's value. */
  public int sizeBytes() {
    return value.length;
  }

  /** Whether a target must enforce cell visibility to hold this as the source does. */
  public boolean needsVisibility() {
    for (DecodedPart part : parts) {
      if (part.fields.visibilityOffset != MessageFields.ABSENT) {
        return true;
      }
    }
    return false;
  }

  /** Whether a target must enforce cell ACLs to hold this as the source does. */
  public boolean needsAcl() {
    for (DecodedPart part : parts) {
      if (part.fields.aclOffset != MessageFields.ABSENT) {
        return true;
      }
    }
    return false;
  }

  /**
   * Builds what is to be sent to a target: a new {@code Put}, {@code Delete} or {@code
   * RowMutations}. A row delete is passed on without cells, for the server to expand, if all
   * families are selected; otherwise it becomes a delete of each selected family.
   *
   * @param targetFamilies the target table's families; asked only for a row delete under a narrower
   *     selection
   * @return empty if the selection leaves nothing
   */
  public Optional<Row> toRow(
      FamilySelection families,
      Supplier<? extends Collection<byte[]>> targetFamilies,
      TargetOptions options) {
    MutationBuilder builder =
        new MutationBuilder(value, message, clusterIds, families, targetFamilies, options);
    if (message.type != MessageType.MESSAGE_TYPE_ROW_MUTATIONS_VALUE) {
      return Optional.ofNullable(builder.build(parts[0]));
    }
    List<Mutation> mutations = new ArrayList<>(parts.length);
    for (DecodedPart part : parts) {
      Mutation mutation = builder.build(part);
      if (mutation != null) {
        mutations.add(mutation);
      }
    }
    if (mutations.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(RowMutations.of(mutations));
    } catch (IOException e) {
      throw new IllegalStateException("parts of one message have different rows", e);
    }
  }
}
