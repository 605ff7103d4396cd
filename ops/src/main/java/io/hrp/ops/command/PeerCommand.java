package io.hrp.ops.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hrp peer}. */
@Command(
    name = "peer",
    description = "The peers, which are the target clusters.",
    synopsisSubcommandLabel = "<command>",
    subcommands = {PeerListCommand.class, PeerPauseCommand.class, PeerResumeCommand.class})
public final class PeerCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before run
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "what shall be done with the peers? list, pause or resume");
  }
}
