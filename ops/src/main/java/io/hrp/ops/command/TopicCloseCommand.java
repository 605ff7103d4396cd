package io.hrp.ops.command;

import io.hrp.control.ClosedPolicy;
import io.hrp.ops.steer.ClosingSteps;
import io.hrp.ops.steer.Inventory;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.ops.steer.SteeringSession;
import io.hrp.wire.TableId;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hrp topic close}. */
@Command(
    name = "close",
    description = {
      "Close a table's topic to its producers; what it holds is applied as before.",
      "",
      "Producers that reach the broker refuse mutations of the table within 2 seconds, and the"
          + " command returns after that time: producers report no status, so it cannot tell which"
          + " have. What a producer had accepted before is still sent. Writers in other languages"
          + " do not follow this; their owners must stop them."
    })
public final class TopicCloseCommand implements Callable<Integer> {

  @Mixin private final ChangeOptions change = new ChangeOptions();

  @Parameters(paramLabel = "<table>", description = "The table, as table or namespace:table.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String table;

  @Option(
      names = "--policy",
      paramLabel = "<policy>",
      defaultValue = "reject",
      description =
          "What producers do: reject refuses every mutation; direct lets those behind the HBase API"
              + " write to their own cluster alone, so that no other cluster gets it, while those"
              + " without a cluster refuse (default: reject).")
  private ClosedPolicy policy = ClosedPolicy.REJECT;

  private final CommandContext context;

  public TopicCloseCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() {
    try (SteeringSession session =
        context.steering().connect(change.config().file(context.options()))) {
      SteeringPorts ports = session.ports();
      TableId known = Inventory.of(ports, ports.control().get()).requireTable(table);
      ClosingSteps steps = new ClosingSteps(ports, change.operator());
      return OutcomeReport.showForProducers(
          context, change.output().format(), steps.close(known, policy));
    }
  }
}
