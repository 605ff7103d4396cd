package io.hrp.consumer.dispatch;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hrp.consumer.apply.ApplyItem;
import io.hrp.consumer.apply.ApplyOutcome;
import io.hrp.consumer.apply.ApplyOutcome.Failed;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.deadletter.DeadLetterTooLargeException;
import io.hrp.consumer.retry.RetryDecision;
import io.hrp.consumer.status.PauseReason;
import io.hrp.control.ControlState;
import io.hrp.control.ControlView;
import io.hrp.wire.TableId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
 * <p><b>Threads.</b> A lane is not a thread. It is run by whichever worker picks it up, and its
 * state lets one run happen at a time:
 *
 * <pre>
 * IDLE ──offer──► SCHEDULED ──worker──► RUNNING ──┬─ nothing left ──────────► IDLE
 *                     ▲                           ├─ call, dead letter ─────► CALLING
 *                     │                           └─ delay, permit, control ► WAITING
 *                     └── call returned, permit granted, time over, partition stopped
 * </pre>
 *
 * The state, the ticket and the inbox are guarded by the lane's monitor; everything else belongs to
 * the run, and is handed from one to the next through that monitor. While WAITING a lane can be
 * woken by several (its timer, a permit, a stop); the ticket makes sure that one of them counts.
 * Nothing foreign is called with the monitor held. A completion of the target only stores its
 * result and schedules the lane, so that HBase's threads do none of our work.
 */
final class Lane implements Runnable, CallLimiter.Waiter {
  /** How long until a lane looks again for a newer control state. */
  private static final long CONTROL_RECHECK_MS = 50;

  private enum State {
    IDLE,
    SCHEDULED,
    RUNNING,
    WAITING,
    CALLING
  }

  private final PartitionLanes partition;
  private final PeerLanes peer;
  private final TableId table;
  private final RecordCheck check;
  private final TableGate gate;
  private final ArrayDeque<LaneRecord> waiting = new ArrayDeque<>();
  private final FinishedOffsets finished;
  private final Isolation isolation = new Isolation();
  private @Nullable ControlState followed;
  private @Nullable CallOutcome outcome;
  private @Nullable LetterOutcome letter;
  private boolean holdsPermit;
  private CallLimiter limiter;
  private int failedCalls;
  private long delayMs;

  @GuardedBy("this")
  private final ArrayDeque<LaneRecord> inbox = new ArrayDeque<>();

  @GuardedBy("this")
  private State state = State.IDLE;

  @GuardedBy("this")
  private long ticket;

  /** What became of a dead letter. */
  private record LetterOutcome(LaneRecord record, @Nullable Throwable failure) {}

  Lane(PartitionLanes partition) {
    this.partition = requireNonNull(partition, "partition");
    this.peer = partition.peer();
    this.table = partition.identity().table();
    this.check = new RecordCheck(partition.identity());
    this.gate = peer.gateOf(table);
    this.limiter = peer.limiter();
    this.finished = new FinishedOffsets(partition, table);
  }

  /** Takes records in. For the poll thread. */
  void offer(List<LaneRecord> chunk) {
    synchronized (this) {
      inbox.addAll(chunk);
      if (state != State.IDLE) {
        return;
      }
      state = State.SCHEDULED;
      partition.laneActive();
    }
    execute();
  }

  /** Has a waiting lane look at the stop flag now. */
  void wakeToStop() {
    synchronized (this) {
      if (state != State.WAITING) {
        return;
      }
      ticket++;
      state = State.SCHEDULED;
    }
    execute();
  }

  @Override
  public boolean grant(long ticketOfGrant) {
    synchronized (this) {
      if (state != State.WAITING || ticket != ticketOfGrant) {
        return false;
      }
      holdsPermit = true;
      ticket++;
      state = State.SCHEDULED;
    }
    execute();
    return true;
  }

  @Override
  public void run() {
    synchronized (this) {
      if (state != State.SCHEDULED) {
        throw new IllegalStateException("a lane runs once at a time, state is " + state);
      }
      state = State.RUNNING;
    }
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
      releasePermit();
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
        await(CONTROL_RECHECK_MS);
        return;
      }
      follow(view);
      takeUp();
      finished.flush();
      if (waitsOrIdles()) {
        return;
      }
    }
  }

  /** Acts on the head of what waits. Returns whether the run is over. */
  private boolean waitsOrIdles() {
    LaneRecord head = waiting.peekFirst();
    if (head == null) {
      return tryIdle();
    }
    if (head.awaitsControl) {
      await(CONTROL_RECHECK_MS);
      return true;
    }
    if (head.refusal != null) {
      return decide(head, head.refusal);
    }
    if (delayMs > 0) {
      long delay = delayMs;
      delayMs = 0;
      await(delay);
      return true;
    }
    if (!holdsPermit && !acquirePermit()) {
      return true;
    }
    call();
    return true;
  }

  private boolean isHeld(ControlView view) {
    return !view.complete()
        || view.state().pauseOf(peer.peer(), table).isPresent()
        || view.state().holdOf(peer.peer(), table).isPresent();
  }

  /** Takes up a newer control state: what waits is decided anew if the state has changed. */
  private void follow(ControlView view) {
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
    check.follow(
        view, current.discardsOf(peer.peer(), table).onTopic(partition.identity().topicId()));
    int size = waiting.size();
    for (int i = 0; i < size; i++) {
      LaneRecord record = waiting.removeFirst();
      if (keeps(record)) {
        waiting.addLast(record);
      }
    }
  }

  /** Moves records from the inbox to what waits, until a call can be filled. */
  private void takeUp() {
    int rows = peer.pace().rows();
    LaneRecord last = waiting.peekLast();
    while (waiting.size() < rows && (last == null || !last.awaitsControl)) {
      int room = rows - waiting.size();
      List<LaneRecord> chunk = new ArrayList<>(room);
      synchronized (this) {
        while (chunk.size() < room && !inbox.isEmpty()) {
          chunk.add(inbox.removeFirst());
        }
      }
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

  private void call() {
    PeerPace pace = peer.pace();
    int rows = isolation.maxRows(waiting.getFirst().suspect, pace.rows());
    List<LaneRecord> records = CallComposer.compose(waiting, rows, pace.bytes());
    List<ApplyItem> items = new ArrayList<>(records.size());
    long bytes = 0;
    for (LaneRecord record : records) {
      record.attempts++;
      items.add(record.requireItem());
      bytes += record.requireItem().mutation().sizeBytes();
    }
    long size = bytes;
    long started = peer.now();
    beginCalling();
    // The stage that whenComplete returns has nothing to say: the outcome is in the lane.
    CompletableFuture<?> unused =
        applyOnce(items)
            .whenComplete(
                (outcomes, fault) -> {
                  outcome = CallOutcome.of(records, outcomes, fault);
                  peer.surroundings()
                      .observer()
                      .called(table, records.size(), size, peer.now() - started);
                  endCalling();
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
    PeerPace pace = peer.pace();
    for (LaneRecord record : returned.done()) {
      finished.addApplied(record);
    }
    if (returned.leftEmpty() > 0) {
      finished.leftEmpty(returned.leftEmpty());
    }
    finished.flush();
    boolean suspects = returned.records().get(0).suspect;
    if (returned.isComplete()) {
      failedCalls = 0;
      gate.succeeded();
      pace.succeeded(peer.now());
      isolation.succeeded(suspects);
      return;
    }
    putBack(returned.again());
    Failed retriable = returned.firstRetriable();
    Failed lasting = returned.firstLasting();
    reportFailures(returned);
    gate.failed();
    if (returned.has(FailureReason.OVERLOADED)) {
      pace.overloaded(peer.now());
    }
    if (returned.has(FailureReason.BATCH_TOO_LARGE)) {
      pace.tooLarge(peer.now());
    }
    failedCalls = retriable == null ? 0 : failedCalls + 1;
    int company = returned.records().size();
    if (lasting != null) {
      settleLasting(returned, lasting, company);
    }
    if (retriable != null && !partition.isStopped()) {
      settleRetriable(retriable, company);
    }
  }

  private void settleLasting(CallOutcome returned, Failed lasting, int company) {
    RetryDecision decision = peer.retryPolicy().decide(lasting.reason(), company, failedCalls);
    if (decision instanceof RetryDecision.Isolate) {
      isolation.failed(company);
      returned.markSuspects();
    } else if (decision instanceof RetryDecision.PutAside) {
      isolation.resolved();
      returned.records().get(0).refusal = lasting;
    } else {
      stall(lasting);
    }
  }

  private void settleRetriable(Failed retriable, int company) {
    RetryDecision decision = peer.retryPolicy().decide(retriable.reason(), company, failedCalls);
    if (decision instanceof RetryDecision.RetrySoon soon) {
      delayMs = soon.delayMs();
    } else {
      failedCalls = 0;
      stall(retriable);
    }
  }

  /** Acts on a refusal that counts. Returns whether the run is over. */
  private boolean decide(LaneRecord head, Failed refusal) {
    RetryDecision decision = peer.retryPolicy().decide(refusal.reason(), 1, 1);
    if (!(decision instanceof RetryDecision.PutAside)) {
      stall(refusal);
      return false;
    }
    if (!partition.flood().tryAdmit(peer.now())) {
      partition.stall(
          PauseReason.POISON_FLOOD,
          Optional.of(refusal.reason()),
          "too many poison records a minute; the latest: " + refusal.message());
      return false;
    }
    releasePermit();
    beginCalling();
    CompletableFuture<?> unused =
        peer.surroundings()
            .deadLetters()
            .send(partition.deadLetterOf(head))
            .whenComplete(
                (acknowledged, failure) -> {
                  letter = new LetterOutcome(head, failure);
                  endCalling();
                });
    return true;
  }

  private void settleLetter(LetterOutcome returned) {
    Throwable failure = returned.failure();
    LaneRecord record = returned.record();
    if (failure == null) {
      waiting.removeFirst();
      finished.addDeadLettered(record);
      finished.flush();
      return;
    }
    Throwable inner = failure.getCause();
    Throwable cause = failure instanceof CompletionException && inner != null ? inner : failure;
    boolean tooLarge = cause instanceof DeadLetterTooLargeException;
    peer.surroundings().observer().deadLetterFailed(table, tooLarge ? "too-large" : "unavailable");
    Optional<FailureReason> reason = Optional.ofNullable(record.refusal).map(Failed::reason);
    partition.stall(
        tooLarge ? PauseReason.DEAD_LETTER_TOO_LARGE : PauseReason.DEAD_LETTER_UNAVAILABLE,
        reason,
        String.valueOf(cause.getMessage()));
  }

  private void stall(Failed failed) {
    PauseReason reason =
        switch (failed.kind()) {
          case RETRIABLE -> PauseReason.RETRYING;
          case OPERATORS, POISON, UNKNOWN -> PauseReason.PARKED;
        };
    partition.stall(reason, Optional.of(failed.reason()), failed.message());
  }

  private void reportFailures(CallOutcome returned) {
    returned
        .failures()
        .forEach((reason, count) -> peer.surroundings().observer().failed(table, reason, count));
  }

  private void putBack(List<LaneRecord> records) {
    for (int i = records.size() - 1; i >= 0; i--) {
      waiting.addFirst(records.get(i));
    }
  }

  // States.

  private synchronized void beginCalling() {
    state = State.CALLING;
  }

  private void endCalling() {
    synchronized (this) {
      state = State.SCHEDULED;
    }
    execute();
  }

  private void await(long delay) {
    releasePermit();
    long mine = beginWaiting();
    if (partition.isStopped()) {
      wake(mine);
    } else {
      peer.surroundings().scheduler().schedule(() -> wake(mine), delay);
    }
  }

  private synchronized long beginWaiting() {
    state = State.WAITING;
    return ++ticket;
  }

  private void wake(long mine) {
    synchronized (this) {
      if (state != State.WAITING || ticket != mine) {
        return;
      }
      ticket++;
      state = State.SCHEDULED;
    }
    execute();
  }

  /** Returns whether this run has a permit and goes on; otherwise it is over. */
  private boolean acquirePermit() {
    limiter = gate.choose(peer.limiter());
    long mine = beginWaiting();
    // A stop may come between: whoever changes the state first decides how the lane goes on.
    if (!limiter.acquireOrQueue(this, mine)) {
      if (partition.isStopped()) {
        wake(mine);
      }
      return false;
    }
    synchronized (this) {
      if (state == State.WAITING && ticket == mine) {
        state = State.RUNNING;
        holdsPermit = true;
        return true;
      }
    }
    limiter.release();
    return false;
  }

  private void releasePermit() {
    if (holdsPermit) {
      holdsPermit = false;
      limiter.release();
    }
  }

  /** Becomes idle unless something came in meanwhile. */
  private boolean tryIdle() {
    releasePermit();
    synchronized (this) {
      if (!inbox.isEmpty()) {
        return false;
      }
      state = State.IDLE;
    }
    partition.laneIdle();
    return true;
  }

  /** Gives everything back and becomes idle. */
  private void drop() {
    releasePermit();
    long bytes = 0;
    do {
      synchronized (this) {
        waiting.addAll(inbox);
        inbox.clear();
      }
      for (LaneRecord record : waiting) {
        bytes += record.sizeBytes();
      }
      waiting.clear();
      failedCalls = 0;
      delayMs = 0;
      isolation.reset();
      partition.giveBack(bytes);
      bytes = 0;
    } while (!tryIdle());
  }

  private void execute() {
    peer.surroundings().scheduler().execute(this);
  }
}
