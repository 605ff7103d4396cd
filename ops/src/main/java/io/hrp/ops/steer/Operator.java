package io.hrp.ops.steer;

import static java.util.Objects.requireNonNull;

/**
 * Who steers.
 *
 * @param who user and host
 * @param why the reason given, may be empty
 * @param mode whether anything is changed
 */
public record Operator(String who, String why, Mode mode) {
  /** Whether to act or only to say what would be done. */
  public enum Mode {
    APPLY,
    DRY_RUN
  }

  public Operator {
    requireNonNull(who, "who");
    requireNonNull(why, "why");
    requireNonNull(mode, "mode");
  }

  boolean isDryRun() {
    return mode == Mode.DRY_RUN;
  }
}
