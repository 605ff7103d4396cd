package io.hrp.wire;

import static io.hrp.wire.WireWriter.lengthFieldSize;
import static io.hrp.wire.WireWriter.varintFieldSize;

import io.hrp.proto.v1.MessageType;
import io.hrp.wire.MutationRefusedException.Reason;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.jspecify.annotations.Nullable;

/**
 * Turns HBase mutations into record values. {@code docs/wire-format.md} describes the bytes.
 *
 * <p>The caller's object is only read; it must not change during a call. Tags of cells do not
 * travel, as they do not travel from an HBase client. Stateless and safe for use by any thread.
 */
public final class MutationEncoder {
  private MutationEncoder() {}

  /**
   * Encodes a mutation. Every cell and row delete without a timestamp gets the stamp's.
   *
   * @param mutation a {@code Put}, a {@code Delete}, or {@code RowMutations} of these
   * @return a new array, owned by the caller
   * @throws MutationRefusedException if the mutation cannot be replayed faithfully; it says why
   */
  public static byte[] encode(TableId table, Row mutation, WriterStamp stamp) {
    byte[] row = mutation.getRow();
    if (row.length == 0) {
      throw new MutationRefusedException(Reason.ROW_EMPTY, table, RowKey.wrap(row));
    }
    if (row.length > RowKey.MAX_LENGTH) {
      throw new MutationRefusedException(Reason.ROW_TOO_LONG, table, RowKey.wrap(row.clone()));
    }
    if (mutation instanceof RowMutations) {
      return encodeParts(table, row, ((RowMutations) mutation).getMutations(), stamp);
    }
    if (mutation instanceof Mutation) {
      return encodeOne(table, row, (Mutation) mutation, stamp);
    }
    throw new MutationRefusedException(
        Reason.UNSUPPORTED_MUTATION, table, RowKey.wrap(row.clone()));
  }

  /**
   * A copy of a mutation in which the timestamp stands wherever the original has none: what {@link
   * #encode} with that timestamp publishes, as an object. All attributes are kept. Cells that have
   * a timestamp and lie in arrays are shared with the original.
   *
   * @throws IllegalArgumentException if it is no {@code Put}, {@code Delete} or {@code
   *     RowMutations}
   */
  public static Row stamped(Row mutation, long timestamp) {
    return MutationStamping.stamped(mutation, timestamp);
  }

  private static byte[] encodeOne(TableId table, byte[] row, Mutation mutation, WriterStamp stamp) {
    MutationDraft draft = new MutationDraft(table, row, mutation, stamp, 0);
    byte[] clusterIds = draft.attributes().clusterIds();
    long size =
        headSize(table, row, draft.type(), draft.family(), draft.timestamp())
            + draft.cellsSize()
            + draft.attributes().size()
            + tailSize(clusterIds, stamp);
    if (size > Integer.MAX_VALUE) {
      throw draft.refused(Reason.TOO_LARGE);
    }
    WireWriter out = new WireWriter((int) size);
    writeHead(out, table, row, draft.type(), draft.family(), draft.timestamp());
    draft.writeCells(out);
    draft.attributes().write(out);
    writeTail(out, clusterIds, stamp);
    return out.finished();
  }

  private static byte[] encodeParts(
      TableId table, byte[] row, List<Mutation> mutations, WriterStamp stamp) {
    if (mutations.isEmpty()) {
      throw new MutationRefusedException(Reason.NO_CELLS, table, RowKey.wrap(row.clone()));
    }
    long timestamp = outerTimestamp(mutations, stamp);
    PartDraft[] parts = new PartDraft[mutations.size()];
    byte[] family = new byte[0];
    long partsSize = 0;
    for (int i = 0; i < parts.length; i++) {
      MutationDraft draft = new MutationDraft(table, row, mutations.get(i), stamp, timestamp);
      if (!Arrays.equals(mutations.get(i).getRow(), row)) {
        throw draft.refused(Reason.MIXED_ROWS);
      }
      if (family.length == 0) {
        family = draft.family();
      }
      parts[i] = new PartDraft(draft, family, timestamp);
      if (!Arrays.equals(parts[i].clusterIds(), parts[0].clusterIds())) {
        throw draft.refused(Reason.CLUSTER_IDS_INVALID);
      }
      partsSize += lengthFieldSize(parts[i].size());
    }
    byte[] clusterIds = parts[0].clusterIds();
    int type = MessageType.MESSAGE_TYPE_ROW_MUTATIONS_VALUE;
    long size =
        headSize(table, row, type, family, timestamp) + partsSize + tailSize(clusterIds, stamp);
    if (size > Integer.MAX_VALUE) {
      throw new MutationRefusedException(Reason.TOO_LARGE, table, RowKey.wrap(row.clone()));
    }
    WireWriter out = new WireWriter((int) size);
    writeHead(out, table, row, type, family, timestamp);
    for (PartDraft part : parts) {
      out.lengthField(WireTags.PARTS, (int) part.size());
      part.write(out);
    }
    writeTail(out, clusterIds, stamp);
    return out.finished();
  }

  /**
   * A part's timestamp of 0 cannot be told from none, and cells of 0 can name it themselves but a
   * row delete cannot: if one is there, 0 is what parts inherit.
   */
  private static long outerTimestamp(List<Mutation> mutations, WriterStamp stamp) {
    for (Mutation mutation : mutations) {
      if (MutationDraft.isRowDelete(mutation)
          && MutationDraft.defaultTimestampOf(mutation, stamp) == 0) {
        return 0;
      }
    }
    return Math.max(0, MutationDraft.defaultTimestampOf(mutations.get(0), stamp));
  }

  private static long headSize(TableId table, byte[] row, int type, byte[] family, long timestamp) {
    return lengthFieldSize(table.qualifiedNameUtf8().length)
        + (type == 0 ? 0 : varintFieldSize(type))
        + varintFieldSize(WireTags.SCHEMA_VERSION)
        + lengthFieldSize(row.length)
        + (family.length == 0 ? 0 : lengthFieldSize(family.length))
        + (timestamp == 0 ? 0 : varintFieldSize(timestamp));
  }

  private static void writeHead(
      WireWriter out, TableId table, byte[] row, int type, byte[] family, long timestamp) {
    out.bytesField(WireTags.TABLENAME, table.qualifiedNameUtf8());
    if (type != 0) {
      out.varintField(WireTags.TYPE, type);
    }
    out.varintField(WireTags.VERSION, WireTags.SCHEMA_VERSION);
    out.bytesField(WireTags.ROW, row);
    if (family.length > 0) {
      out.bytesField(WireTags.FAMILY, family);
    }
    if (timestamp != 0) {
      out.varintField(WireTags.TIMESTAMP, timestamp);
    }
  }

  private static long tailSize(byte @Nullable [] clusterIds, WriterStamp stamp) {
    return DraftAttributes.clusterIdsSize(clusterIds)
        + (stamp.publishTimeMs() == 0 ? 0 : varintFieldSize(stamp.publishTimeMs()));
  }

  private static void writeTail(WireWriter out, byte @Nullable [] clusterIds, WriterStamp stamp) {
    DraftAttributes.writeClusterIds(clusterIds, out);
    if (stamp.publishTimeMs() != 0) {
      out.varintField(WireTags.PUBLISH_TIME_MS, stamp.publishTimeMs());
    }
  }
}
