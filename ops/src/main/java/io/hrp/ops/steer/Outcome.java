package io.hrp.ops.steer;

import java.util.List;

/**
 * What a steering command did.
 *
 * @param dryRun whether it only says what it would do
 * @param changes each change in words; empty if all was already so
 * @param controlOffset the control offset from which the changes are in force; -1 if there are none
 * @param daemons the live daemons that have taken the changes up
 * @param unconfirmed the live daemons that did not say so in time
 * @param notes what the operator should know besides
 */
public record Outcome(
    boolean dryRun,
    List<String> changes,
    long controlOffset,
    List<String> daemons,
    List<String> unconfirmed,
    List<String> notes) {
  public Outcome {
    changes = List.copyOf(changes);
    daemons = List.copyOf(daemons);
    unconfirmed = List.copyOf(unconfirmed);
    notes = List.copyOf(notes);
  }

  static Outcome planned(List<String> changes, List<String> notes) {
    return new Outcome(true, changes, -1, List.of(), List.of(), notes);
  }

  static Outcome unchanged(List<String> notes) {
    return new Outcome(false, List.of(), -1, List.of(), List.of(), notes);
  }
}
