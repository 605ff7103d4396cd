package io.hrp.consumer.dispatch;

import io.hrp.wire.DecodedMutation;
import io.hrp.wire.RowKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Chooses from a lane's records those of the next call. Pure.
 *
 * <p><b>What may stand together.</b>
 *
 * <ul>
 *   <li>All mutations of a call have equal cluster ids: HBase writes a mini-batch to its log under
 *       the ids of its first mutation, and a wrong id there makes native replication drop or loop
 *       the others.
 *   <li>A row stands in a call either with plain puts and deletes, in order, or with exactly one
 *       {@code RowMutations}: HBase runs {@code RowMutations} after all others of the region, so
 *       one in between would change places with its neighbours.
 *   <li>Records that failed for good in company form calls of their own, so that one bad mutation
 *       does not take others along again.
 * </ul>
 *
 * <p><b>Why row order holds.</b> Records are looked at in their order. One that may not join is put
 * off together with everything later of its row, so what is chosen of a row is always a prefix of
 * what is waiting of it, in order. What is put off stays in front of the lane's other records.
 *
 * <p>The sets of rows that this takes exist only once a rule has put something off or a {@code
 * RowMutations} is met; a run of plain puts costs no look-up.
 */
final class CallComposer {
  private final int maxRows;
  private final long maxBytes;
  private final List<LaneRecord> call = new ArrayList<>();
  private final List<LaneRecord> putOff = new ArrayList<>();
  private @Nullable Set<RowKey> putOffRows;
  private @Nullable Set<RowKey> rowsInCall;
  private @Nullable Set<RowKey> exclusiveRows;
  private long bytes;

  private CallComposer(int maxRows, long maxBytes) {
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
  }

  /**
   * Takes the records of the next call out of {@code pending}.
   *
   * @param pending not empty, and its head is decoded; what is not chosen stays, in order
   * @param maxRows at most so many mutations
   * @param maxBytes at most so many bytes, save that one mutation always goes
   * @return at least one record, in order
   */
  static List<LaneRecord> compose(ArrayDeque<LaneRecord> pending, int maxRows, long maxBytes) {
    CallComposer composer = new CallComposer(maxRows, maxBytes);
    composer.choose(pending);
    for (int i = composer.putOff.size() - 1; i >= 0; i--) {
      pending.addFirst(composer.putOff.get(i));
    }
    return composer.call;
  }

  private void choose(ArrayDeque<LaneRecord> pending) {
    LaneRecord first = pending.getFirst();
    List<UUID> clusterIds = first.requireItem().mutation().clusterIds();
    while (call.size() < maxRows && putOff.size() < maxRows) {
      LaneRecord next = pending.peekFirst();
      if (next == null
          || next.refusal != null
          || next.awaitsControl
          || next.suspect != first.suspect) {
        return;
      }
      DecodedMutation mutation = next.requireItem().mutation();
      if (!call.isEmpty() && bytes + mutation.sizeBytes() > maxBytes) {
        return;
      }
      pending.removeFirst();
      if (mayJoin(mutation, clusterIds)) {
        call.add(next);
        bytes += mutation.sizeBytes();
      } else {
        putOff.add(next);
        putOffRows().add(mutation.row());
      }
    }
  }

  private boolean mayJoin(DecodedMutation mutation, List<UUID> clusterIds) {
    if (putOffRows != null && putOffRows.contains(mutation.row())) {
      return false;
    }
    if (!mutation.clusterIds().equals(clusterIds)) {
      return false;
    }
    if (mutation.kind() != DecodedMutation.Kind.ROW_MUTATIONS) {
      if (exclusiveRows != null && exclusiveRows.contains(mutation.row())) {
        return false;
      }
      if (rowsInCall != null) {
        rowsInCall.add(mutation.row());
      }
      return true;
    }
    if (!rowsInCall().add(mutation.row())) {
      return false;
    }
    exclusiveRows().add(mutation.row());
    return true;
  }

  private Set<RowKey> putOffRows() {
    if (putOffRows == null) {
      putOffRows = new HashSet<>();
    }
    return putOffRows;
  }

  private Set<RowKey> exclusiveRows() {
    if (exclusiveRows == null) {
      exclusiveRows = new HashSet<>();
    }
    return exclusiveRows;
  }

  private Set<RowKey> rowsInCall() {
    if (rowsInCall == null) {
      rowsInCall = new HashSet<>();
      for (LaneRecord each : call) {
        rowsInCall.add(each.requireItem().mutation().row());
      }
    }
    return rowsInCall;
  }
}
