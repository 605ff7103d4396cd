package io.hrp.control;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A control state and how fresh it is. Immutable.
 *
 * <p>{@link #readToEndStartedNanos} lets a reader reason about what it cannot have missed: whatever
 * was committed to the control topic before that instant is in the state.
 */
public final class ControlView {
  private static final ControlView NOT_READ =
      new ControlView(ControlState.empty(), false, 0, Instant.EPOCH);

  private final ControlState state;
  private final boolean complete;
  private final long readToEndStartedNanos;
  private final Instant lastReadAt;

  private ControlView(
      ControlState state, boolean complete, long readToEndStartedNanos, Instant lastReadAt) {
    this.state = requireNonNull(state, "state");
    this.complete = complete;
    this.readToEndStartedNanos = readToEndStartedNanos;
    this.lastReadAt = requireNonNull(lastReadAt, "lastReadAt");
  }

  /** The topic has not been read to its end yet: the state is empty and says nothing. */
  public static ControlView notRead() {
    return NOT_READ;
  }

  /**
   * A view after a complete read.
   *
   * @param readToEndStartedNanos when the read that found this state's end began, on the ticker of
   *     the reader ({@code System.nanoTime} unless another was given)
   * @param lastReadAt when that read was complete, by the reader's clock
   */
  public static ControlView of(ControlState state, long readToEndStartedNanos, Instant lastReadAt) {
    return new ControlView(state, true, readToEndStartedNanos, lastReadAt);
  }

  public ControlState state() {
    return state;
  }

  /** Whether the topic was read to its end at least once. No work may be taken before. */
  public boolean complete() {
    return complete;
  }

  /** When the last completed read to the end began; compare by difference only. */
  public long readToEndStartedNanos() {
    return readToEndStartedNanos;
  }

  /** When that read was complete. */
  public Instant lastReadAt() {
    return lastReadAt;
  }
}
