package io.hrp.ops.command;

import io.hrp.control.Scope;
import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.steer.Outcome;
import io.hrp.ops.steer.PauseSteps;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The table that a command pauses or resumes. */
public final class PauseTarget {

  @Mixin private final TableTarget target = new TableTarget();

  // Accepted only to say why not: who asks for it expects the rest of each record to be applied.
  @Option(names = "--family", paramLabel = "<family>", hidden = true)
  private @Nullable String family;

  /** Takes the step on the table that was named. */
  int run(
      CommandContext context, ChangeOptions change, BiFunction<PauseSteps, Scope, Outcome> step) {
    if (family != null) {
      throw new CommandException(
          ExitCode.REFUSED,
          "a family cannot be paused: a mutation of several families is one record and one atomic"
              + " row operation, so none of it can wait; pause the table, or discard the family"
              + " with 'hrp table disable --family'");
    }
    return change.run(
        context,
        ports -> step.apply(new PauseSteps(ports, change.operator()), target.scope(ports, null)));
  }
}
