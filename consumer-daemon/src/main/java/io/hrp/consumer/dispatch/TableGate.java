package io.hrp.consumer.dispatch;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Keeps a table in trouble from using up the calls of its peer. A call to a region that does not
 * answer lasts until its timeout; a few of them would hold all permits, and every other table of
 * the peer would wait with it.
 *
 * <p>From a failed call on, the table's calls go through the gate: one at a time, beside the peer's
 * limit instead of within it. The first call that succeeds in full ends that. So trouble costs
 * other tables at most the calls that were in flight when it began. Safe for use by any thread.
 */
final class TableGate {
  private final CallLimiter single = new CallLimiter(new PeerPace(1, 1, 1));

  @GuardedBy("this")
  private boolean inTrouble;

  /** The limiter that the table's next call has to ask. */
  synchronized CallLimiter choose(CallLimiter ofPeer) {
    return inTrouble ? single : ofPeer;
  }

  synchronized void failed() {
    inTrouble = true;
  }

  synchronized void succeeded() {
    inTrouble = false;
  }

  int used() {
    return single.used();
  }
}
