package io.hrp.ops.command;

import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.sandbox.LogFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hrp sandbox logs}. */
@Command(name = "logs", description = "Show the end of the servers' logs.")
public final class SandboxLogsCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "<server>",
      description = "Such as kafka or hbase-east; default: all of them.")
  private @Nullable String server;

  @Option(
      names = "--lines",
      paramLabel = "<n>",
      description = "How many lines of each (default: 20).")
  private int lines = 20;

  @Option(
      names = "--follow",
      description = "Go on with what is written from now on, until Ctrl-C (default: false).")
  private boolean follow;

  private final CommandContext context;

  public SandboxLogsCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() throws InterruptedException {
    LogFiles logs = LogFiles.of(SandboxReport.directory(context));
    List<Path> chosen =
        server == null ? logs.all() : logs.of(server).map(List::of).orElse(List.of());
    if (chosen.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          server == null
              ? "there are no logs in " + SandboxReport.directory(context)
              : "no log of '" + server + "'; there are logs of " + logs.names());
    }
    for (Path log : chosen) {
      context.console().notice("== " + log);
      LogFiles.lastLines(log, lines).forEach(context.console()::result);
    }
    if (follow) {
      LogFiles.follow(chosen, context.console()::result);
    }
    return ExitCode.DONE.status();
  }
}
