package io.hrp.consumer.dispatch;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.ApplyItem;
import io.hrp.consumer.apply.ApplyOutcome;
import io.hrp.consumer.apply.ApplyOutcome.Failed;
import io.hrp.consumer.status.PauseReason;
import io.hrp.control.ControlView;
import io.hrp.wire.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the order of its rows: a queue of records of one partition with at most one call of the
 * target in flight.
 *
 * <p><b>Order.</b> A row is always in the same lane of its partition. Records enter in the order of
 * their offsets; each call takes of every row a prefix of what waits ({@link CallComposer}); the
 * next call is composed after the outcomes of the last are known. Of a call that failed in part,
 * the failed mutations and all later ones of their rows go back to the front, in order, also where
 * a later one was reported as applied ({@link CallOutcome}).
 *
 * <p><b>Delivery.</b> A record leaves the lane finished (applied, nothing left of it, discarded,
 * acknowledged by the dead-letter topic), or dropped because the partition stopped. What is dropped
 * stays unfinished in the tracker and is read again. Both give its bytes back, once.
 *
 * <p><b>Threads.</b> One run happens at a time ({@link LaneTurns}); all fields belong to the run.
 * What waits is in {@link LaneQueue}, what follows from failures in {@link LaneRetry}. A completion
 * of the target only stores its result and schedules the lane, so that HBase's threads do none of
 * our work.
 */
final class Lane implements Runnable {
  /** How long until a lane looks again for a newer control state. */
  private static final long CONTROL_RECHECK_MS = 50;

  private final PartitionLanes partition;
  private final PeerLanes peer;
  private final TableId table;
  private final LaneTurns turns;
  private final LaneQueue queue;
  private final LaneRetry retry;
  private final FinishedOffsets finished;
  private long calledNanos;
  private @Nullable CallOutcome outcome;
  private @Nullable LetterOutcome letter;

  /** What became of a dead letter. */
  private record LetterOutcome(LaneRecord record, @Nullable Throwable failure) {}

  Lane(PartitionLanes partition) {
    this.partition = requireNonNull(partition, "partition");
    this.peer = partition.peer();
    this.table = partition.identity().table();
    TableGate gate = peer.gateOf(table);
    this.finished = new FinishedOffsets(partition, table);
    this.queue = new LaneQueue(partition.identity(), peer.peer(), finished);
    this.retry = new LaneRetry(partition, gate);
    this.turns = new LaneTurns(partition, gate, this);
  }

  /** Takes records in. For the poll thread. */
  void offer(List<LaneRecord> chunk) {
    turns.offer(chunk);
  }

  /** Has a waiting lane look at the stop flag now. */
  void wakeToStop() {
    turns.wakeToStop();
  }

  @Override
  public void run() {
    turns.begin();
    try {
      settle();
      proceed();
    } catch (RuntimeException | Error fault) {
      // A lane that is lost here would never be quiet again, so its partition could never go on.
      peer.surroundings().observer().faulted(table, fault);
      partition.stall(PauseReason.INTERNAL_FAULT, Optional.empty(), fault.toString());
      drop();
    }
  }

  /** Deals with what returned since the last run. */
  private void settle() {
    LetterOutcome returnedLetter = letter;
    if (returnedLetter != null) {
      letter = null;
      settleLetter(returnedLetter);
    }
    CallOutcome returned = outcome;
    if (returned != null) {
      outcome = null;
      turns.releasePermit();
      settleCall(returned);
    }
  }

  /** Goes on until there is something to wait for. */
  private void proceed() {
    while (true) {
      ControlView view = peer.surroundings().control().current();
      if (partition.isStopped()) {
        finished.flush();
        drop();
        return;
      }
      if (isHeld(view)) {
        turns.await(CONTROL_RECHECK_MS);
        return;
      }
      queue.follow(view);
      queue.takeUp(turns, peer.pace().rows());
      finished.flush();
      if (waitsOrIdles()) {
        return;
      }
    }
  }

  private boolean isHeld(ControlView view) {
    return !view.complete()
        || view.state().pauseOf(peer.peer(), table).isPresent()
        || view.state().holdOf(peer.peer(), table).isPresent();
  }

  /** Acts on the head of what waits. Returns whether the run is over. */
  private boolean waitsOrIdles() {
    LaneRecord head = queue.head();
    if (head == null) {
      return turns.tryIdle();
    }
    if (head.awaitsControl) {
      turns.await(CONTROL_RECHECK_MS);
      return true;
    }
    if (head.refusal != null) {
      return putAside(head, head.refusal);
    }
    long delayMs = retry.takeDelay();
    if (delayMs > 0) {
      turns.await(delayMs);
      return true;
    }
    if (turns.acquirePermit()) {
      call(head);
    }
    return true;
  }

  // Calls.

  private void call(LaneRecord head) {
    List<LaneRecord> records = queue.compose(retry.maxRows(head), peer.pace().bytes());
    List<ApplyItem> items = new ArrayList<>(records.size());
    long bytes = 0;
    for (LaneRecord record : records) {
      record.attempts++;
      items.add(record.requireItem());
      bytes += record.requireItem().mutation().sizeBytes();
    }
    long size = bytes;
    long started = peer.now();
    calledNanos = started;
    turns.beginCalling();
    // The stage that whenComplete returns has nothing to say: the outcome is in the lane.
    CompletableFuture<?> unused =
        applyOnce(items)
            .whenComplete(
                (outcomes, fault) -> {
                  outcome = CallOutcome.of(records, outcomes, fault);
                  peer.surroundings()
                      .observer()
                      .called(table, records.size(), size, peer.now() - started);
                  turns.endCalling();
                });
  }

  private CompletableFuture<List<ApplyOutcome>> applyOnce(List<ApplyItem> items) {
    try {
      return peer.surroundings().applier().apply(table, items);
    } catch (RuntimeException fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  private void settleCall(CallOutcome returned) {
    for (LaneRecord record : returned.done()) {
      finished.addApplied(record);
    }
    if (returned.leftEmpty() > 0) {
      finished.leftEmpty(returned.leftEmpty());
    }
    finished.flush();
    queue.putBack(returned.again());
    retry.settle(returned, calledNanos);
  }

  // Dead letters.

  /** Puts a record aside, or stops the partition. Returns whether the run is over. */
  private boolean putAside(LaneRecord head, Failed refusal) {
    if (!retry.mayPutAside(refusal)) {
      return false;
    }
    turns.releasePermit();
    turns.beginCalling();
    CompletableFuture<?> unused =
        peer.surroundings()
            .deadLetters()
            .send(partition.deadLetterOf(head))
            .whenComplete(
                (acknowledged, failure) -> {
                  letter = new LetterOutcome(head, failure);
                  turns.endCalling();
                });
    return true;
  }

  private void settleLetter(LetterOutcome returned) {
    Throwable failure = returned.failure();
    if (failure != null) {
      retry.letterFailed(returned.record(), failure);
      return;
    }
    queue.removeHead();
    finished.addDeadLettered(returned.record());
    finished.flush();
  }

  /** Gives everything back and becomes idle. */
  private void drop() {
    turns.releasePermit();
    do {
      partition.giveBack(queue.clear(turns));
      retry.reset();
    } while (!turns.tryIdle());
  }
}
