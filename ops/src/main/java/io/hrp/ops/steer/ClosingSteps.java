package io.hrp.ops.steer;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ClosedPolicy;
import io.hrp.control.ClosedTopic;
import io.hrp.control.ControlChange;
import io.hrp.control.ControlState;
import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Closes a table's topic to producers and opens it again. Producers report no status, so nobody can
 * be asked whether they have taken it up: the steps wait as long as producers promise to need.
 */
public final class ClosingSteps {
  /** Producers read the control topic several times a second; this is what they promise. */
  public static final Duration TAKEN_UP_WITHIN = Duration.ofSeconds(2);

  private final SteeringPorts ports;
  private final Operator operator;

  public ClosingSteps(SteeringPorts ports, Operator operator) {
    this.ports = requireNonNull(ports, "ports");
    this.operator = requireNonNull(operator, "operator");
  }

  /** Closes; a topic that is closed already with this policy stays as it is. */
  public Outcome close(TableId table, ClosedPolicy policy) {
    return run(
        state -> {
          Optional<ClosedTopic> closed = state.closedTopic(table);
          return closed.isPresent() && closed.get().policy() == policy
              ? Decision.none(
                  "the topic of table '" + table + "' is closed already " + closed.get().note())
              : new Decision(List.of(ControlChange.closeTopic(table, policy)), List.of());
        });
  }

  /** Opens. */
  public Outcome open(TableId table) {
    return run(
        state ->
            state.closedTopic(table).isPresent()
                ? new Decision(List.of(ControlChange.openTopic(table)), List.of())
                : Decision.none("the topic of table '" + table + "' is not closed"));
  }

  private Outcome run(Function<ControlState, Decision> decide) {
    return Decisions.run(
        ports,
        operator,
        decide,
        (offset, decision) -> {
          awaitProducers();
          return new Outcome(
              false, decision.descriptions(), offset, List.of(), List.of(), decision.notes());
        });
  }

  private void awaitProducers() {
    try {
      ports.timing().waiting().pass(TAKEN_UP_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(
          ExitCode.PARTLY_DONE,
          "interrupted while producers take the change up; it is on record",
          e);
    }
  }
}
