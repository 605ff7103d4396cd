package io.hrp.ops.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hrp table}. */
@Command(
    name = "table",
    description = "What is applied to which table on which peer.",
    synopsisSubcommandLabel = "<command>",
    subcommands = {
      TableListCommand.class,
      TablePauseCommand.class,
      TableResumeCommand.class,
      TableEnableCommand.class,
      TableDisableCommand.class
    })
public final class TableCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before run
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "what shall be done with the tables? list, pause, resume, enable or disable");
  }
}
