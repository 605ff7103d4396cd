package io.hrp.consumer.dispatch;

/**
 * How hard a peer is pushed: calls in flight, mutations and bytes a call. Starts at the configured
 * figures, is cut when the target says that it has too much to do, and climbs back step by step.
 *
 * <p>At most one cut and one climb a second: calls that were in flight together fail together, and
 * count once. Safe for use by any thread; the lock is taken a few times a call.
 */
public final class PeerPace {
  private static final long STEP_NANOS = 1_000_000_000L;
  private static final long MIN_BYTES = 64 * 1024;

  private final int maxCalls;
  private final int maxRows;
  private final long maxBytes;
  private int calls;
  private int rows;
  private long bytes;
  private long lastCutNanos;
  private long lastChangeNanos;
  private boolean cut;

  /**
   * @param maxCalls calls in flight at full speed
   * @param maxRows mutations a call at full speed
   * @param maxBytes bytes a call at full speed
   */
  public PeerPace(int maxCalls, int maxRows, long maxBytes) {
    if (maxCalls < 1 || maxRows < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("calls, rows and bytes must be positive");
    }
    this.maxCalls = maxCalls;
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
    this.calls = maxCalls;
    this.rows = maxRows;
    this.bytes = maxBytes;
  }

  public synchronized int calls() {
    return calls;
  }

  public synchronized int rows() {
    return rows;
  }

  public synchronized long bytes() {
    return bytes;
  }

  /** The target refused for load: half the calls, and once there is one left, half the batch. */
  synchronized void overloaded(long nowNanos) {
    if (mayCut(nowNanos)) {
      if (calls > 1) {
        calls /= 2;
      } else {
        rows = Math.max(1, rows / 2);
      }
    }
  }

  /** A call was too large for the target: half the batch. */
  synchronized void tooLarge(long nowNanos) {
    if (mayCut(nowNanos)) {
      rows = Math.max(1, rows / 2);
      bytes = Math.max(Math.min(MIN_BYTES, maxBytes), bytes / 2);
    }
  }

  /** A call succeeded. */
  synchronized void succeeded(long nowNanos) {
    if (!cut || nowNanos - lastChangeNanos < STEP_NANOS) {
      return;
    }
    lastChangeNanos = nowNanos;
    calls = Math.min(maxCalls, calls + 1);
    rows = (int) Math.min(maxRows, rows + Math.max(1L, maxRows / 16));
    bytes = Math.min(maxBytes, bytes + Math.max(1L, maxBytes / 16));
    cut = calls < maxCalls || rows < maxRows || bytes < maxBytes;
  }

  private boolean mayCut(long nowNanos) {
    if (cut && nowNanos - lastCutNanos < STEP_NANOS) {
      return false;
    }
    cut = true;
    lastCutNanos = nowNanos;
    lastChangeNanos = nowNanos;
    return true;
  }
}
