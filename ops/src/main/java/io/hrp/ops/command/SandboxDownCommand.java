package io.hrp.ops.command;

import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.sandbox.Supervisor;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hrp sandbox down}. */
@Command(name = "down", description = "Stop the servers of the sandbox; their data is kept.")
public final class SandboxDownCommand implements Callable<Integer> {

  @Option(names = "--delete-data", description = "Remove the data too (default: false).")
  private boolean deleteData;

  private final CommandContext context;

  public SandboxDownCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() {
    Path directory = SandboxReport.directory(context);
    Supervisor supervisor = Supervisor.of(directory);
    boolean stopped = supervisor.stop();
    context
        .console()
        .notice(stopped ? "the sandbox has stopped" : "no sandbox runs in " + directory);
    if (deleteData) {
      supervisor.deleteData();
      context.console().notice("its data is deleted");
    }
    return ExitCode.DONE.status();
  }
}
