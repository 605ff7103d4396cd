package io.hrp.wire;

import io.hrp.proto.v1.Durability;
import io.hrp.wire.MutationRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.util.Bytes;
import org.jspecify.annotations.Nullable;

/** What a mutation carries beside its cells, checked. */
final class DraftAttributes {
  private static final DraftAttributes PLAIN =
      new DraftAttributes(0, null, null, null, Map.of(), 0);
  private static final int UUID_LENGTH = 16;

  private final long ttlMs;
  private final byte @Nullable [] visibility;
  private final byte @Nullable [] acl;
  private final byte @Nullable [] clusterIds;
  private final Map<String, byte[]> others;
  private final int durability;

  private DraftAttributes(
      long ttlMs,
      byte @Nullable [] visibility,
      byte @Nullable [] acl,
      byte @Nullable [] clusterIds,
      Map<String, byte[]> others,
      int durability) {
    this.ttlMs = ttlMs;
    this.visibility = visibility;
    this.acl = acl;
    this.clusterIds = clusterIds;
    this.others = others;
    this.durability = durability;
  }

  /** Reads a mutation's attributes; {@code draft} words the refusals. */
  static DraftAttributes of(
      Mutation mutation, boolean isPut, MutationDraft draft, WriterStamp stamp) {
    int durability = durabilityOf(mutation);
    if (durability == 0 && mutation.getAttributesMap().isEmpty()) {
      return PLAIN;
    }
    byte[] clusterIds = mutation.getAttribute(AttributeNames.CLUSTER_IDS);
    if (clusterIds != null
        && (clusterIds.length < Integer.BYTES
            || (clusterIds.length - Integer.BYTES) % UUID_LENGTH != 0
            || Bytes.toInt(clusterIds) != (clusterIds.length - Integer.BYTES) / UUID_LENGTH)) {
      throw draft.refused(Reason.CLUSTER_IDS_INVALID);
    }
    byte[] ttl = mutation.getAttribute(AttributeNames.TTL);
    long ttlMs = 0;
    if (ttl != null) {
      ttlMs = isPut && ttl.length == Long.BYTES ? Bytes.toLong(ttl) : 0;
      if (ttlMs < 1) {
        throw draft.refused(Reason.TTL_INVALID);
      }
    }
    return new DraftAttributes(
        ttlMs,
        mutation.getAttribute(AttributeNames.VISIBILITY),
        mutation.getAttribute(AttributeNames.ACL),
        clusterIds,
        allowed(mutation, stamp),
        durability);
  }

  /** The cluster ids as HBase's attribute holds them: a count and 16 bytes for each; or null. */
  byte @Nullable [] clusterIds() {
    return clusterIds;
  }

  /** Writes all fields but the cluster ids. */
  void write(WireWriter out) {
    if (this == PLAIN) {
      return;
    }
    if (ttlMs != 0) {
      out.varintField(WireTags.TTL_MS, ttlMs);
    }
    if (visibility != null) {
      out.bytesField(WireTags.VISIBILITY, visibility);
    }
    if (acl != null) {
      out.bytesField(WireTags.ACL, acl);
    }
    for (Map.Entry<String, byte[]> other : others.entrySet()) {
      int start = out.beginNested(WireTags.ATTRIBUTES);
      out.bytesField(WireTags.ATTRIBUTE_NAME, other.getKey().getBytes(StandardCharsets.UTF_8));
      if (other.getValue().length > 0) {
        out.bytesField(WireTags.ATTRIBUTE_VALUE, other.getValue());
      }
      out.endNested(start);
    }
    if (durability != 0) {
      out.varintField(WireTags.DURABILITY, durability);
    }
  }

  static void writeClusterIds(byte @Nullable [] clusterIds, WireWriter out) {
    if (clusterIds == null) {
      return;
    }
    for (int at = Integer.BYTES; at < clusterIds.length; at += UUID_LENGTH) {
      out.bytesField(WireTags.CLUSTER_IDS, clusterIds, at, UUID_LENGTH);
    }
  }

  /** In the order of their names, so that equal mutations give equal bytes. */
  private static Map<String, byte[]> allowed(Mutation mutation, WriterStamp stamp) {
    if (stamp.attributeNames().isEmpty()) {
      return Map.of();
    }
    Map<String, byte[]> allowed = new TreeMap<>();
    for (String name : stamp.attributeNames()) {
      byte[] value = mutation.getAttribute(name);
      if (value != null) {
        allowed.put(name, value);
      }
    }
    return allowed;
  }

  private static int durabilityOf(Mutation mutation) {
    switch (mutation.getDurability()) {
      case SKIP_WAL:
        return Durability.DURABILITY_SKIP_WAL_VALUE;
      case ASYNC_WAL:
        return Durability.DURABILITY_ASYNC_WAL_VALUE;
      case SYNC_WAL:
        return Durability.DURABILITY_SYNC_WAL_VALUE;
      case FSYNC_WAL:
        return Durability.DURABILITY_FSYNC_WAL_VALUE;
      default:
        return Durability.DURABILITY_USE_DEFAULT_VALUE;
    }
  }
}
