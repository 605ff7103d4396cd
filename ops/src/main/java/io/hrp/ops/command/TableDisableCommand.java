package io.hrp.ops.command;

import io.hrp.control.Scope;
import io.hrp.ops.steer.DiscardSteps;
import io.hrp.ops.steer.Inventory;
import io.hrp.ops.steer.Scopes;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.ops.steer.SteeringSession;
import io.hrp.wire.TableId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hrp table disable}. */
@Command(
    name = "disable",
    description = "Discard what is published to a table or family from now on.")
public final class TableDisableCommand implements Callable<Integer> {

  @Mixin private final ChangeOptions change = new ChangeOptions();

  @Parameters(paramLabel = "<table>", description = "The table, as table or namespace:table.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String table;

  @Option(
      names = "--peer",
      paramLabel = "<peer>",
      description = "On this peer alone (default: on all peers).")
  private @Nullable String peer;

  @Option(
      names = "--family",
      paramLabel = "<family>",
      description = "This column family alone (default: the whole table).")
  private @Nullable String family;

  @Option(names = "--yes", description = "Do it without asking (default: show the plan and ask).")
  private boolean yes;

  private final CommandContext context;

  public TableDisableCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() {
    try (SteeringSession session =
        context.steering().connect(change.config().file(context.options()))) {
      SteeringPorts ports = session.ports();
      Inventory inventory = Inventory.of(ports, ports.control().get());
      TableId known = inventory.requireTable(table);
      Scope scope = Scopes.of(known, peer == null ? null : inventory.requirePeer(peer), family);
      DiscardSteps steps = new DiscardSteps(ports, change.operator());
      if (!change.isDryRun() && !yes) {
        DisableQuestion.ask(context, steps.plan(scope));
      }
      return OutcomeReport.show(context, change.output().format(), steps.disable(scope));
    }
  }
}
