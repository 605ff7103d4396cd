package io.hrp.ops.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hrp sandbox}. */
@Command(
    name = "sandbox",
    description = "A real Kafka and real HBase clusters on this machine, for trying and testing.",
    synopsisSubcommandLabel = "<command>",
    subcommands = {
      SandboxUpCommand.class,
      SandboxDownCommand.class,
      SandboxStatusCommand.class,
      SandboxLogsCommand.class,
      SandboxSuperviseCommand.class
    })
public final class SandboxCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before run
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "what shall the sandbox do? up, down, status or logs");
  }
}
