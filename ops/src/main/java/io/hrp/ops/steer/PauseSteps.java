package io.hrp.ops.steer;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ControlChange;
import io.hrp.control.ControlState;
import io.hrp.control.Pause;
import io.hrp.control.Scope;
import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pauses and resumes a peer, a table, or a table on a peer. */
public final class PauseSteps {
  private final SteeringPorts ports;
  private final Operator operator;

  public PauseSteps(SteeringPorts ports, Operator operator) {
    this.ports = requireNonNull(ports, "ports");
    this.operator = requireNonNull(operator, "operator");
  }

  /** Pauses; a scope that is paused already keeps its pause. */
  public Outcome pause(Scope scope) {
    return run(
        state -> {
          Optional<Pause> pause = state.pauseAt(scope);
          return pause.isPresent()
              ? Decision.none(scope + " is paused already " + pause.get().note())
              : new Decision(List.of(ControlChange.pause(scope)), List.of());
        });
  }

  /**
   * Resumes what was paused under exactly this scope.
   *
   * @throws CommandException refused, if only a wider pause is in the way
   */
  public Outcome resume(Scope scope) {
    return run(state -> resumed(state, scope));
  }

  private static Decision resumed(ControlState state, Scope scope) {
    List<String> notes = new ArrayList<>();
    List<Pause> others = overlapping(state, scope);
    for (Pause other : others) {
      notes.add("still paused: " + other.scope() + " " + other.note());
    }
    if (state.pauseAt(scope).isPresent()) {
      return new Decision(List.of(ControlChange.resume(scope)), notes);
    }
    List<Pause> wider = others.stream().filter(pause -> isWider(pause.scope(), scope)).toList();
    if (!wider.isEmpty()) {
      throw new CommandException(
          ExitCode.REFUSED,
          scope
              + " has no pause of its own, but "
              + wider.get(0).scope()
              + " is paused "
              + wider.get(0).note()
              + ": resume that");
    }
    notes.add(0, scope + " is not paused");
    return new Decision(List.of(), notes);
  }

  private static List<Pause> overlapping(ControlState state, Scope scope) {
    return state.values().stream()
        .filter(Pause.class::isInstance)
        .map(Pause.class::cast)
        .filter(pause -> !pause.scope().equals(scope) && overlap(pause.scope(), scope))
        .toList();
  }

  private static boolean overlap(Scope a, Scope b) {
    return agree(a.peer(), b.peer()) && agree(a.table(), b.table());
  }

  private static <T> boolean agree(Optional<T> a, Optional<T> b) {
    return a.isEmpty() || b.isEmpty() || a.equals(b);
  }

  private static boolean isWider(Scope wide, Scope narrow) {
    return (wide.peer().isEmpty() || wide.peer().equals(narrow.peer()))
        && (wide.table().isEmpty() || wide.table().equals(narrow.table()));
  }

  private Outcome run(Function<ControlState, Decision> decide) {
    return Decisions.run(
        ports,
        operator,
        decide,
        (offset, decision) -> Decisions.confirmed(ports, offset, decision));
  }
}
