package io.hrp.ops.command;

import io.hrp.ops.steer.DiscardSteps;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hrp table enable}. */
@Command(
    name = "enable",
    description = "Apply a disabled table or family again; what came meanwhile stays discarded.")
public final class TableEnableCommand implements Callable<Integer> {

  @Mixin private final ChangeOptions change = new ChangeOptions();
  @Mixin private final DiscardTarget target = new DiscardTarget();

  private final CommandContext context;

  public TableEnableCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() {
    return target.run(context, change, DiscardSteps::enable);
  }
}
