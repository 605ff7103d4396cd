package io.hrp.ops.steer;

import io.hrp.control.ControlState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** From a decision on the control state to its outcome. */
final class Decisions {
  private Decisions() {}

  /**
   * Decides on the state that the change is written on top of, and writes it; a dry run only tells.
   *
   * @param decide may be asked several times, if another operator comes between; its last answer is
   *     what was written
   * @param taken from the offset of what was written, and that decision, to the outcome
   */
  static Outcome run(
      SteeringPorts ports,
      Operator operator,
      Function<ControlState, Decision> decide,
      BiFunction<Long, Decision, Outcome> taken) {
    if (operator.isDryRun()) {
      Decision decision = decide.apply(ports.control().get());
      return Outcome.planned(decision.descriptions(), decision.notes());
    }
    List<Decision> decisions = new ArrayList<>();
    long offset =
        ports
            .updater()
            .update(
                operator.who(),
                operator.why(),
                state -> {
                  decisions.add(decide.apply(state));
                  return decisions.get(decisions.size() - 1).changes();
                });
    Decision decision = decisions.get(decisions.size() - 1);
    return decision.changes().isEmpty()
        ? Outcome.unchanged(decision.notes())
        : taken.apply(offset, decision);
  }

  /** Waits until every live daemon has taken it up, and says which have not. */
  static Outcome confirmed(SteeringPorts ports, long offset, Decision decision) {
    Confirmation confirmation = new DaemonWatch(ports.status(), ports.timing()).await(offset);
    return new Outcome(
        false,
        decision.descriptions(),
        offset,
        confirmation.confirmed(),
        confirmation.missing(),
        decision.notes());
  }
}
