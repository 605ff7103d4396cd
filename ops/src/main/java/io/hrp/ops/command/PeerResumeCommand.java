package io.hrp.ops.command;

import io.hrp.ops.steer.PauseSteps;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hrp peer resume}. */
@Command(name = "resume", description = "Go on applying on a paused peer.")
public final class PeerResumeCommand implements Callable<Integer> {

  @Mixin private final ChangeOptions change = new ChangeOptions();
  @Mixin private final PeerTarget target = new PeerTarget();

  private final CommandContext context;

  public PeerResumeCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() {
    return target.run(context, change, PauseSteps::resume);
  }
}
