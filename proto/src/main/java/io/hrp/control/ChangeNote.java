package io.hrp.control;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who made a change, when by that program's clock, and why. Immutable. */
public final class ChangeNote {
  private final String who;
  private final Instant when;
  private final String why;

  private ChangeNote(String who, Instant when, String why) {
    this.who = requireNonNull(who, "who");
    this.when = requireNonNull(when, "when");
    this.why = requireNonNull(why, "why");
  }

  /**
   * Notes one change.
   *
   * @param who an operator ({@code ann@host}) or a program ({@code daemon d1}); not empty
   * @param when kept to the millisecond, which is what a control record holds
   * @param why the operator's words, empty if none were given
   */
  public static ChangeNote of(String who, Instant when, String why) {
    return new ChangeNote(who, Instant.ofEpochMilli(when.toEpochMilli()), why);
  }

  public String who() {
    return who;
  }

  public Instant when() {
    return when;
  }

  public String why() {
    return why;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChangeNote
        && who.equals(((ChangeNote) other).who)
        && when.equals(((ChangeNote) other).when)
        && why.equals(((ChangeNote) other).why);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * who.hashCode() + when.hashCode()) + why.hashCode();
  }

  @Override
  public String toString() {
    return "by " + who + " at " + when + (why.isEmpty() ? "" : ": " + why);
  }
}
