package io.hrp.ops.command;

import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.report.Console;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hrp completion}. */
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh: source <(./hrp completion)")
public final class CompletionCommand implements Callable<Integer> {

  private final Console console;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  public CompletionCommand(CommandContext context) {
    this.console = context.console();
  }

  @Override
  public Integer call() {
    console.out().print(AutoComplete.bash("hrp", spec.root().commandLine()));
    console.out().flush();
    return ExitCode.DONE.status();
  }
}
