package io.hrp.ops.command;

import io.hrp.ops.steer.ClosingSteps;
import io.hrp.ops.steer.Inventory;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.ops.steer.SteeringSession;
import io.hrp.wire.TableId;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hrp topic open}. */
@Command(
    name = "open",
    description = {
      "Open a table's topic to its producers again.",
      "",
      "Producers that reach the broker accept mutations of the table within 2 seconds, and the"
          + " command returns after that time."
    })
public final class TopicOpenCommand implements Callable<Integer> {

  @Mixin private final ChangeOptions change = new ChangeOptions();

  @Parameters(paramLabel = "<table>", description = "The table, as table or namespace:table.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String table;

  private final CommandContext context;

  public TopicOpenCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() {
    try (SteeringSession session =
        context.steering().connect(change.config().file(context.options()))) {
      SteeringPorts ports = session.ports();
      TableId known = Inventory.of(ports, ports.control().get()).requireTable(table);
      ClosingSteps steps = new ClosingSteps(ports, change.operator());
      return OutcomeReport.showForProducers(context, change.output().format(), steps.open(known));
    }
  }
}
