package io.hrp.consumer.dispatch;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;

/**
 * Bounds the calls in flight of a peer without blocking a thread: a lane that gets no permit is
 * told when there is one, in the order in which lanes asked.
 *
 * <p><b>No permit is lost.</b> A permit that becomes free is given to the first in the queue while
 * it still counts as used. Who no longer wants it says so and the next one is asked; nobody left,
 * and it becomes free. {@link Waiter#grant} is called without the lock, so a lane may take its own
 * lock in there. Safe for use by any thread.
 */
final class CallLimiter {
  /** Somebody who waits for a permit. */
  interface Waiter {
    /**
     * Offers a permit.
     *
     * @return whether it is taken; whoever takes it releases it later
     */
    boolean grant(long ticket);
  }

  private record Waiting(Waiter waiter, long ticket) {}

  private final PeerPace pace;

  @GuardedBy("this")
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

  @GuardedBy("this")
  private int used;

  CallLimiter(PeerPace pace) {
    this.pace = requireNonNull(pace, "pace");
  }

  /**
   * Takes a permit, or queues.
   *
   * @return whether the permit was taken; if not, {@link Waiter#grant} follows with this ticket
   */
  synchronized boolean acquireOrQueue(Waiter waiter, long ticket) {
    if (queue.isEmpty() && used < pace.calls()) {
      used++;
      return true;
    }
    queue.addLast(new Waiting(waiter, ticket));
    return false;
  }

  /** Gives a permit back, and hands out as many as there are. */
  void release() {
    synchronized (this) {
      used--;
    }
    while (true) {
      Waiting next;
      synchronized (this) {
        if (used >= pace.calls()) {
          return;
        }
        next = queue.pollFirst();
        if (next == null) {
          return;
        }
        used++;
      }
      if (!next.waiter().grant(next.ticket())) {
        synchronized (this) {
          used--;
        }
      }
    }
  }

  /** Calls in flight now. */
  synchronized int used() {
    return used;
  }
}
