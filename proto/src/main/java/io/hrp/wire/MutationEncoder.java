package io.hrp.wire;

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
 * travel, as they do not travel from an HBase client. Each thread that encodes keeps a buffer of at
 * most 1 MB. Stateless otherwise and safe for use by any thread.
 */
public final class MutationEncoder {
  private static final byte[] NONE = new byte[0];

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
    WireWriter out = new WireWriter();
    try {
      if (mutation instanceof RowMutations) {
        writeParts(out, table, row, ((RowMutations) mutation).getMutations(), stamp);
      } else if (mutation instanceof Mutation) {
        writeOne(out, table, row, (Mutation) mutation, stamp);
      } else {
        throw refused(Reason.UNSUPPORTED_MUTATION, table, row);
      }
    } catch (WireWriter.TooLargeException e) {
      throw refused(Reason.TOO_LARGE, table, row);
    }
    return out.finished();
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

  private static void writeOne(
      WireWriter out, TableId table, byte[] row, Mutation mutation, WriterStamp stamp) {
    MutationDraft draft = new MutationDraft(table, row, mutation, stamp, 0);
    writeHead(out, table, row, draft.type());
    writeDefaults(out, draft.family(), draft.timestamp());
    draft.writeCells(out);
    draft.attributes().write(out);
    writeTail(out, draft.attributes().clusterIds(), stamp);
  }

  private static void writeParts(
      WireWriter out, TableId table, byte[] row, List<Mutation> mutations, WriterStamp stamp) {
    if (mutations.isEmpty()) {
      throw refused(Reason.NO_CELLS, table, row);
    }
    long timestamp = outerTimestamp(mutations, stamp);
    MutationDraft[] parts = new MutationDraft[mutations.size()];
    byte[] family = NONE;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new MutationDraft(table, row, mutations.get(i), stamp, timestamp);
      if (!Arrays.equals(mutations.get(i).getRow(), row)) {
        throw parts[i].refused(Reason.MIXED_ROWS);
      }
      if (!Arrays.equals(parts[i].attributes().clusterIds(), parts[0].attributes().clusterIds())) {
        throw parts[i].refused(Reason.CLUSTER_IDS_INVALID);
      }
      if (family.length == 0) {
        family = parts[i].family();
      }
    }
    writeHead(out, table, row, MessageType.MESSAGE_TYPE_ROW_MUTATIONS_VALUE);
    writeDefaults(out, family, timestamp);
    for (MutationDraft part : parts) {
      writePart(out, part, family, timestamp);
    }
    writeTail(out, parts[0].attributes().clusterIds(), stamp);
  }

  private static void writePart(
      WireWriter out, MutationDraft part, byte[] outerFamily, long outerTimestamp) {
    int start = out.beginNested(WireTags.PARTS);
    if (part.type() != 0) {
      out.varintField(WireTags.TYPE, part.type());
    }
    writeDefaults(
        out,
        Arrays.equals(part.family(), outerFamily) ? NONE : part.family(),
        part.timestamp() == outerTimestamp ? 0 : part.timestamp());
    part.writeCells(out);
    part.attributes().write(out);
    out.endNested(start);
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

  private static void writeHead(WireWriter out, TableId table, byte[] row, int type) {
    out.bytesField(WireTags.TABLENAME, table.qualifiedNameUtf8());
    if (type != 0) {
      out.varintField(WireTags.TYPE, type);
    }
    out.varintField(WireTags.VERSION, WireTags.SCHEMA_VERSION);
    out.bytesField(WireTags.ROW, row);
  }

  private static void writeDefaults(WireWriter out, byte[] family, long timestamp) {
    if (family.length > 0) {
      out.bytesField(WireTags.FAMILY, family);
    }
    if (timestamp != 0) {
      out.varintField(WireTags.TIMESTAMP, timestamp);
    }
  }

  private static void writeTail(WireWriter out, byte @Nullable [] clusterIds, WriterStamp stamp) {
    DraftAttributes.writeClusterIds(clusterIds, out);
    if (stamp.publishTimeMs() != 0) {
      out.varintField(WireTags.PUBLISH_TIME_MS, stamp.publishTimeMs());
    }
  }

  private static MutationRefusedException refused(Reason reason, TableId table, byte[] row) {
    return new MutationRefusedException(reason, table, RowKey.wrap(row.clone()));
  }
}
