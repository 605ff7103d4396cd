package io.hrp.ops.command;

import io.hrp.control.Scope;
import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.steer.Inventory;
import io.hrp.ops.steer.PauseSteps;
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

/** {@code hrp table resume}. */
@Command(name = "resume", description = "Go on applying a paused table.")
public final class TableResumeCommand implements Callable<Integer> {

  @Mixin private final ChangeOptions change = new ChangeOptions();

  @Parameters(paramLabel = "<table>", description = "The table, as table or namespace:table.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String table;

  @Option(
      names = "--peer",
      paramLabel = "<peer>",
      description = "On this peer alone (default: on all peers).")
  private @Nullable String peer;

  // Accepted only to say why not: who asks for it expects the rest of each record to be applied.
  @Option(names = "--family", paramLabel = "<family>", hidden = true)
  private @Nullable String family;

  private final CommandContext context;

  public TableResumeCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() {
    if (family != null) {
      throw new CommandException(
          ExitCode.REFUSED,
          "a family cannot be paused: a mutation of several families is one record and one atomic"
              + " row operation, so none of it can wait; pause the table, or discard the family"
              + " with 'hrp table disable --family'");
    }
    try (SteeringSession session =
        context.steering().connect(change.config().file(context.options()))) {
      SteeringPorts ports = session.ports();
      Inventory inventory = Inventory.of(ports, ports.control().get());
      TableId known = inventory.requireTable(table);
      Scope scope = Scopes.of(known, peer == null ? null : inventory.requirePeer(peer), null);
      PauseSteps steps = new PauseSteps(ports, change.operator());
      return OutcomeReport.show(context, change.output().format(), steps.resume(scope));
    }
  }
}
