package io.hrp.ops.command;

import io.hrp.control.Scope;
import io.hrp.ops.steer.DiscardSteps;
import io.hrp.ops.steer.Outcome;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The table or family that a command disables or enables. */
public final class DiscardTarget {

  @Mixin private final TableTarget target = new TableTarget();

  @Option(
      names = "--family",
      paramLabel = "<family>",
      description = "This column family alone (default: the whole table).")
  private @Nullable String family;

  /** Takes the step on what was named. */
  int run(
      CommandContext context, ChangeOptions change, BiFunction<DiscardSteps, Scope, Outcome> step) {
    return change.run(
        context,
        ports ->
            step.apply(new DiscardSteps(ports, change.operator()), target.scope(ports, family)));
  }
}
