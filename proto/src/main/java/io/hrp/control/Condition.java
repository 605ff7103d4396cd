package io.hrp.control;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A state, why it is so, and since when. Immutable. */
public final class Condition {
  private final RunState state;
  private final String reason;
  private final String detail;
  private final @Nullable Instant since;

  private Condition(RunState state, String reason, String detail, @Nullable Instant since) {
    this.state = requireNonNull(state, "state");
    this.reason = requireNonNull(reason, "reason");
    this.detail = requireNonNull(detail, "detail");
    this.since = since;
  }

  /**
   * A state with its reason.
   *
   * @param reason a fixed word for programs and labels ({@code target-unreachable}); empty if the
   *     state needs none
   * @param detail one sentence for people; may be empty
   * @param since when the state began, by the daemon's clock; kept to the millisecond
   */
  public static Condition of(RunState state, String reason, String detail, Instant since) {
    return new Condition(state, reason, detail, Instant.ofEpochMilli(since.toEpochMilli()));
  }

  /** A state that needs no reason and whose beginning is of no interest. */
  public static Condition of(RunState state) {
    return new Condition(state, "", "", null);
  }

  public RunState state() {
    return state;
  }

  /** A fixed word, or empty. */
  public String reason() {
    return reason;
  }

  /** One sentence for people, or empty. */
  public String detail() {
    return detail;
  }

  public Optional<Instant> since() {
    return Optional.ofNullable(since);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Condition
        && state == ((Condition) other).state
        && reason.equals(((Condition) other).reason)
        && detail.equals(((Condition) other).detail)
        && since().equals(((Condition) other).since());
  }

  @Override
  public int hashCode() {
    return 31 * state.hashCode() + reason.hashCode();
  }

  @Override
  public String toString() {
    return state + (reason.isEmpty() ? "" : " (" + reason + ")");
  }
}
