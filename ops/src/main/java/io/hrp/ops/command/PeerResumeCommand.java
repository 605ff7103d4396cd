package io.hrp.ops.command;

import io.hrp.control.Scope;
import io.hrp.ops.steer.Inventory;
import io.hrp.ops.steer.PauseSteps;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.ops.steer.SteeringSession;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hrp peer resume}. */
@Command(name = "resume", description = "Go on applying on a paused peer.")
public final class PeerResumeCommand implements Callable<Integer> {

  @Mixin private final ChangeOptions change = new ChangeOptions();

  @Parameters(paramLabel = "<peer>", description = "The peer.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String peer;

  private final CommandContext context;

  public PeerResumeCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() {
    try (SteeringSession session =
        context.steering().connect(change.config().file(context.options()))) {
      SteeringPorts ports = session.ports();
      Inventory inventory = Inventory.of(ports, ports.control().get());
      Scope scope = Scope.ofPeer(inventory.requirePeer(peer));
      PauseSteps steps = new PauseSteps(ports, change.operator());
      return OutcomeReport.show(context, change.output().format(), steps.resume(scope));
    }
  }
}
