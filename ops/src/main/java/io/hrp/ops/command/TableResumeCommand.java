package io.hrp.ops.command;

import io.hrp.ops.steer.PauseSteps;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hrp table resume}. */
@Command(name = "resume", description = "Go on applying a paused table.")
public final class TableResumeCommand implements Callable<Integer> {

  @Mixin private final ChangeOptions change = new ChangeOptions();
  @Mixin private final PauseTarget target = new PauseTarget();

  private final CommandContext context;

  public TableResumeCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() {
    return target.run(context, change, PauseSteps::resume);
  }
}
