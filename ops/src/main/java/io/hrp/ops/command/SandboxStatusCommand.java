package io.hrp.ops.command;

import io.hrp.ops.report.OutputFormat;
import io.hrp.ops.sandbox.Supervisor;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hrp sandbox status}. */
@Command(
    name = "status",
    description = "Show what runs; ends with 5 if a server of a running sandbox has died.")
public final class SandboxStatusCommand implements Callable<Integer> {

  @Mixin private final OutputOption output = new OutputOption();

  private final CommandContext context;

  public SandboxStatusCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() {
    Path directory = SandboxReport.directory(context);
    Supervisor supervisor = Supervisor.of(directory);
    SandboxReport.Shown shown = SandboxReport.of(directory, supervisor.state());
    if (shown.running() || output.format() == OutputFormat.JSON) {
      SandboxReport.print(context, output.format(), shown);
    }
    if (!shown.running()) {
      context.console().notice(whyNotRunning(supervisor, directory));
    }
    return SandboxReport.tellOfDeadServers(context, supervisor, shown).status();
  }

  private static String whyNotRunning(Supervisor supervisor, Path directory) {
    if (supervisor.process().isPresent()) {
      return "the sandbox in " + directory + " is starting or stopping";
    }
    if (supervisor.isStale()) {
      return "no sandbox runs in "
          + directory
          + ": the last one was not stopped in order, its data is kept";
    }
    return "no sandbox runs in " + directory;
  }
}
