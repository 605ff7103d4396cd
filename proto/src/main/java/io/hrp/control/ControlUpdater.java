package io.hrp.control;

import java.util.List;
import java.util.function.Function;

/**
 * Port: changes the control topic. Every change is decided on the state right before it is written,
 * and nobody else's change can come in between. Thread-safe.
 */
public interface ControlUpdater {
  /**
   * Reads to the end, asks what to change, and writes the changes and their audit record as one
   * transaction. Returns when every reader that begins now sees them.
   *
   * @param who the operator or program; goes into every value written and into the audit record
   * @param why the reason given, may be empty
   * @param decide from the state to the changes; called again on a newer state if another writer
   *     came first, so it must have no side effect that cannot be repeated. An empty list writes
   *     nothing. It may throw {@link ControlRefusedException}, which is passed on
   * @return the control offset from which the change is in the state; with no change, the state's
   * @throws ControlUnavailableException if the broker cannot be reached in time; the change may or
   *     may not have been written, and calling again is safe if {@code decide} looks at the state
   */
  long update(String who, String why, Function<ControlState, List<ControlChange>> decide);
}
