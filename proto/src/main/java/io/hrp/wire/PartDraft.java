package io.hrp.wire;

import static io.hrp.wire.WireWriter.lengthFieldSize;
import static io.hrp.wire.WireWriter.varintFieldSize;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One part of a row mutation, measured against the outer message it inherits defaults from. */
final class PartDraft {
  private final MutationDraft draft;
  private final boolean namesFamily;
  private final boolean namesTimestamp;
  private final long size;

  PartDraft(MutationDraft draft, byte[] outerFamily, long outerTimestamp) {
    this.draft = draft;
    this.namesFamily = draft.family().length > 0 && !Arrays.equals(draft.family(), outerFamily);
    this.namesTimestamp = draft.timestamp() != outerTimestamp;
    this.size =
        (draft.type() == 0 ? 0 : varintFieldSize(draft.type()))
            + (namesFamily ? lengthFieldSize(draft.family().length) : 0)
            + (namesTimestamp ? varintFieldSize(draft.timestamp()) : 0)
            + draft.cellsSize()
            + draft.attributes().size();
  }

  long size() {
    return size;
  }

  byte @Nullable [] clusterIds() {
    return draft.attributes().clusterIds();
  }

  void write(WireWriter out) {
    if (draft.type() != 0) {
      out.varintField(WireTags.TYPE, draft.type());
    }
    if (namesFamily) {
      out.bytesField(WireTags.FAMILY, draft.family());
    }
    if (namesTimestamp) {
      out.varintField(WireTags.TIMESTAMP, draft.timestamp());
    }
    draft.writeCells(out);
    draft.attributes().write(out);
  }
}
