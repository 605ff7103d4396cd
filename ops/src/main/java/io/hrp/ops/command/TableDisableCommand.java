package io.hrp.ops.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hrp table disable}. */
@Command(
    name = "disable",
    description = "Discard what is published to a table or family from now on.")
public final class TableDisableCommand implements Callable<Integer> {

  @Mixin private final ChangeOptions change = new ChangeOptions();
  @Mixin private final DiscardTarget target = new DiscardTarget();

  @Option(names = "--yes", description = "Do it without asking (default: show the plan and ask).")
  private boolean yes;

  private final CommandContext context;

  public TableDisableCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() {
    return target.run(
        context,
        change,
        (steps, scope) -> {
          if (!change.isDryRun() && !yes) {
            DisableQuestion.ask(context, steps.plan(scope));
          }
          return steps.disable(scope);
        });
  }
}
