package io.hrp.consumer.dispatch;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose turn it is: lets one run of a lane happen at a time, and says when the next one does.
 *
 * <p>A lane is not a thread. It is run by whichever worker picks it up:
 *
 * <pre>
 * IDLE ──offer──► SCHEDULED ──worker──► RUNNING ──┬─ nothing left ──────────► IDLE
 *                     ▲                           ├─ call, dead letter ─────► CALLING
 *                     │                           └─ delay, permit, control ► WAITING
 *                     └── call returned, permit granted, time over, partition stopped
 * </pre>
 *
 * The state, the ticket and the inbox are guarded by this object's monitor; the permit belongs to
 * the run, and is handed from one to the next through that monitor, as is all else that a run
 * touches. While WAITING a lane can be woken by several (its timer, a permit, a stop); the ticket
 * makes sure that one of them counts. Nothing foreign is called with the monitor held.
 */
final class LaneTurns implements CallLimiter.Waiter {
  private enum State {
    IDLE,
    SCHEDULED,
    RUNNING,
    WAITING,
    CALLING
  }

  private final PartitionLanes partition;
  private final LaneScheduler scheduler;
  private final CallLimiter ofPeer;
  private final TableGate gate;
  private final Runnable run;
  private boolean holdsPermit;
  private CallLimiter limiter;

  @GuardedBy("this")
  private final ArrayDeque<LaneRecord> inbox = new ArrayDeque<>();

  @GuardedBy("this")
  private State state = State.IDLE;

  @GuardedBy("this")
  private long ticket;

  /**
   * @param run the lane's run, which begins with {@link #begin}
   */
  LaneTurns(PartitionLanes partition, TableGate gate, Runnable run) {
    this.partition = requireNonNull(partition, "partition");
    this.scheduler = partition.peer().surroundings().scheduler();
    this.ofPeer = partition.peer().limiter();
    this.gate = requireNonNull(gate, "gate");
    this.run = requireNonNull(run, "run");
    this.limiter = ofPeer;
  }

  // For others.

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

  /** What the lane called has returned. For whichever thread brings the answer. */
  void endCalling() {
    synchronized (this) {
      state = State.SCHEDULED;
    }
    execute();
  }

  // For the run.

  synchronized void begin() {
    if (state != State.SCHEDULED) {
      throw new IllegalStateException("a lane runs once at a time, state is " + state);
    }
    state = State.RUNNING;
  }

  /** At most {@code count} of the records that came in, oldest first. */
  List<LaneRecord> takeIn(int count) {
    synchronized (this) {
      int size = Math.min(count, inbox.size());
      List<LaneRecord> chunk = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        chunk.add(inbox.removeFirst());
      }
      return chunk;
    }
  }

  /** The run is over; {@link #endCalling} begins the next one. */
  synchronized void beginCalling() {
    state = State.CALLING;
  }

  /** The run is over; the next one begins after the delay, or with a stop. */
  void await(long delayMs) {
    releasePermit();
    long mine = beginWaiting();
    if (partition.isStopped()) {
      wake(mine);
    } else {
      scheduler.schedule(() -> wake(mine), delayMs);
    }
  }

  /** Returns whether this run has a permit and goes on; otherwise it is over. */
  boolean acquirePermit() {
    if (holdsPermit) {
      return true;
    }
    limiter = gate.choose(ofPeer);
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

  void releasePermit() {
    if (holdsPermit) {
      holdsPermit = false;
      limiter.release();
    }
  }

  /** Ends the run with nothing left to do, unless something came in meanwhile. */
  boolean tryIdle() {
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

  private void execute() {
    scheduler.execute(run);
  }
}
