package io.hrp.consumer.dispatch;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that a peer's lanes hold, and calls the poll thread when there is room again and
 * it asked to be called. Safe for use by any thread.
 */
public final class ByteBudget {
  private final long maxBytes;
  private final Runnable onRoom;
  private final AtomicLong held = new AtomicLong();
  private final AtomicBoolean callWanted = new AtomicBoolean();

  /**
   * @param maxBytes above it, intake is to stop; it goes on below half of it
   * @param onRoom called once for each {@link #callWhenRoom}, by the thread that gave bytes back;
   *     must not block
   */
  public ByteBudget(long maxBytes, Runnable onRoom) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be positive, got " + maxBytes);
    }
    this.maxBytes = maxBytes;
    this.onRoom = requireNonNull(onRoom, "onRoom");
  }

  public long maxBytes() {
    return maxBytes;
  }

  public long heldBytes() {
    return held.get();
  }

  public boolean isExceeded() {
    return held.get() > maxBytes;
  }

  public boolean hasRoom() {
    return held.get() <= maxBytes / 2;
  }

  /**
   * Asks for one call once there is room; there may be room already, in which case it is made now.
   */
  public void callWhenRoom() {
    callWanted.set(true);
    callIfRoom();
  }

  void take(long bytes) {
    held.addAndGet(bytes);
  }

  void giveBack(long bytes) {
    held.addAndGet(-bytes);
    callIfRoom();
  }

  private void callIfRoom() {
    if (callWanted.get() && hasRoom() && callWanted.compareAndSet(true, false)) {
      onRoom.run();
    }
  }
}
