package io.hrp.ops.command;

import io.hrp.control.Scope;
import io.hrp.ops.steer.Inventory;
import io.hrp.ops.steer.Outcome;
import io.hrp.ops.steer.PauseSteps;
import java.util.function.BiFunction;
import picocli.CommandLine.Parameters;

/** The peer that a command pauses or resumes. */
public final class PeerTarget {

  @Parameters(paramLabel = "<peer>", description = "The peer.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String peer;

  /** Takes the step on the peer that was named. */
  int run(
      CommandContext context, ChangeOptions change, BiFunction<PauseSteps, Scope, Outcome> step) {
    return change.run(
        context,
        ports -> {
          Inventory inventory = Inventory.of(ports, ports.control().get());
          Scope scope = Scope.ofPeer(inventory.requirePeer(peer));
          return step.apply(new PauseSteps(ports, change.operator()), scope);
        });
  }
}
