package io.hrp.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.jspecify.annotations.Nullable;

/** Builds HBase's objects from the parts of one message, for one target. */
final class MutationBuilder {
  /** By the wire's number: HBase's own order is the same, which a test holds it to. */
  private static final Durability[] DURABILITIES = {
    Durability.USE_DEFAULT,
    Durability.SKIP_WAL,
    Durability.ASYNC_WAL,
    Durability.SYNC_WAL,
    Durability.FSYNC_WAL
  };

  private final byte[] value;
  private final MessageFields message;
  private final List<UUID> clusterIds;
  private final FamilySelection families;
  private final Supplier<? extends Collection<byte[]>> targetFamilies;
  private final TargetOptions options;

  MutationBuilder(
      byte[] value,
      MessageFields message,
      List<UUID> clusterIds,
      FamilySelection families,
      Supplier<? extends Collection<byte[]>> targetFamilies,
      TargetOptions options) {
    this.value = value;
    this.message = message;
    this.clusterIds = clusterIds;
    this.families = families;
    this.targetFamilies = targetFamilies;
    this.options = options;
  }

  /** The mutation of a part, or null if the selection leaves nothing of it. */
  @Nullable Mutation build(DecodedPart part) {
    MessageFields fields = part.fields;
    Mutation mutation =
        part.isPut()
            ? new Put(value, message.rowOffset, message.rowLength, fields.timestamp)
            : new Delete(value, message.rowOffset, message.rowLength, fields.timestamp);
    if (part.isRowDelete()) {
      if (!families.isAll() && !addFamilyDeletes((Delete) mutation, fields.timestamp)) {
        return null;
      }
    } else if (!addCells(part, mutation.getFamilyCellMap())) {
      return null;
    }
    mutation.setDurability(options.strengthened(DURABILITIES[fields.durability]));
    if (!clusterIds.isEmpty()) {
      mutation.setClusterIds(clusterIds);
    }
    addAttributes(part, mutation);
    return mutation;
  }

  private boolean addFamilyDeletes(Delete delete, long timestamp) {
    for (byte[] family : targetFamilies.get()) {
      if (families.keeps(family)) {
        delete.addFamily(family, timestamp);
      }
    }
    return !delete.isEmpty();
  }

  /** Adds cells to HBase's map by runs of one family, as nearly every message has one run. */
  private boolean addCells(DecodedPart part, Map<byte[], List<Cell>> target) {
    SliceCell[] cells = part.cells;
    int start = 0;
    while (start < cells.length) {
      SliceCell first = cells[start];
      int end = start + 1;
      while (end < cells.length && isSameFamily(first, cells[end])) {
        end++;
      }
      int offset = first.getFamilyOffset();
      int length = first.getFamilyLength();
      if (families.isAll() || families.keeps(value, offset, length)) {
        byte[] family = Arrays.copyOfRange(value, offset, offset + length);
        List<Cell> list = target.get(family);
        if (list == null) {
          list = new ArrayList<>(end - start);
          target.put(family, list);
        }
        for (int i = start; i < end; i++) {
          list.add(cells[i]);
        }
      }
      start = end;
    }
    return !target.isEmpty();
  }

  private boolean isSameFamily(SliceCell one, SliceCell other) {
    int length = one.getFamilyLength();
    if (length != other.getFamilyLength()) {
      return false;
    }
    int offset = one.getFamilyOffset();
    int otherOffset = other.getFamilyOffset();
    return offset == otherOffset
        || Arrays.equals(value, offset, offset + length, value, otherOffset, otherOffset + length);
  }

  private void addAttributes(DecodedPart part, Mutation mutation) {
    MessageFields fields = part.fields;
    if (fields.hasTtl) {
      mutation.setTTL(fields.ttlMs);
    }
    if (fields.visibilityOffset != MessageFields.ABSENT) {
      mutation.setAttribute(
          AttributeNames.VISIBILITY, slice(fields.visibilityOffset, fields.visibilityLength));
    }
    if (fields.aclOffset != MessageFields.ABSENT) {
      mutation.setAttribute(AttributeNames.ACL, slice(fields.aclOffset, fields.aclLength));
    }
    for (DecodedPart.NamedSlice attribute : part.attributes) {
      mutation.setAttribute(attribute.name, slice(attribute.offset, attribute.length));
    }
  }

  private byte[] slice(int offset, int length) {
    return Arrays.copyOfRange(value, offset, offset + length);
  }
}
