package io.hrp.consumer.dispatch;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ControlState;
import io.hrp.control.ControlView;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a lane that wait for their call, in the order of their offsets within each row.
 * Each was decided on when it came in, and is again when operators decide something new; what the
 * target is not to see leaves here, finished. Belongs to the lane's run.
 */
final class LaneQueue {
  private final ArrayDeque<LaneRecord> waiting = new ArrayDeque<>();
  private final PartitionIdentity identity;
  private final String peer;
  private final RecordCheck check;
  private final FinishedOffsets finished;
  private @Nullable ControlState followed;

  LaneQueue(PartitionIdentity identity, String peer, FinishedOffsets finished) {
    this.identity = requireNonNull(identity, "identity");
    this.peer = requireNonNull(peer, "peer");
    this.check = new RecordCheck(identity);
    this.finished = requireNonNull(finished, "finished");
  }

  /** The record to go first; null if none waits. */
  @Nullable LaneRecord head() {
    return waiting.peekFirst();
  }

  /** Takes up a newer control state: what waits is decided anew if the state has changed. */
  void follow(ControlView view) {
    ControlState current = view.state();
    boolean changed = current != followed;
    if (changed) {
      followed = current;
    }
    LaneRecord head = waiting.peekFirst();
    if (!changed && (head == null || !head.awaitsControl)) {
      check.refresh(view);
      return;
    }
    check.follow(view, current.discardsOf(peer, identity.table()).onTopic(identity.topicId()));
    int size = waiting.size();
    for (int i = 0; i < size; i++) {
      LaneRecord record = waiting.removeFirst();
      if (keeps(record)) {
        waiting.addLast(record);
      }
    }
  }

  /** Takes in what came for the lane, until a call of so many rows can be filled. */
  void takeUp(LaneTurns turns, int rows) {
    LaneRecord last = waiting.peekLast();
    while (waiting.size() < rows && (last == null || !last.awaitsControl)) {
      List<LaneRecord> chunk = turns.takeIn(rows - waiting.size());
      if (chunk.isEmpty()) {
        return;
      }
      for (LaneRecord record : chunk) {
        if (keeps(record)) {
          waiting.addLast(record);
        }
      }
      last = waiting.peekLast();
    }
  }

  /** Decides on a record before a target sees it. Returns whether it stays in the lane. */
  private boolean keeps(LaneRecord record) {
    switch (check.decide(record)) {
      case DISCARD -> finished.addDiscarded(record);
      case SKIP -> finished.addSkipped(record);
      case APPLY, WAIT, REFUSE -> {
        return true;
      }
    }
    return false;
  }

  /** Takes the records of the next call out. */
  List<LaneRecord> compose(int maxRows, long maxBytes) {
    return CallComposer.compose(waiting, maxRows, maxBytes);
  }

  /** Gives records back to the front, in their order. */
  void putBack(List<LaneRecord> records) {
    for (int i = records.size() - 1; i >= 0; i--) {
      waiting.addFirst(records.get(i));
    }
  }

  void removeHead() {
    waiting.removeFirst();
  }

  /** Drops all that waits and all that has come in. Returns their bytes. */
  long clear(LaneTurns turns) {
    waiting.addAll(turns.takeIn(Integer.MAX_VALUE));
    long bytes = 0;
    for (LaneRecord record : waiting) {
      bytes += record.sizeBytes();
    }
    waiting.clear();
    return bytes;
  }
}
