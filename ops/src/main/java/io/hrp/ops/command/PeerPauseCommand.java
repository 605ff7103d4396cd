package io.hrp.ops.command;

import io.hrp.ops.steer.PauseSteps;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hrp peer pause}. */
@Command(
    name = "pause",
    description = "Stop applying anything on a peer; the records wait in Kafka.")
public final class PeerPauseCommand implements Callable<Integer> {

  @Mixin private final ChangeOptions change = new ChangeOptions();
  @Mixin private final PeerTarget target = new PeerTarget();

  private final CommandContext context;

  public PeerPauseCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() {
    return target.run(context, change, PauseSteps::pause);
  }
}
