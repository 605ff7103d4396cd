package io.hrp.ops.command;

import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.sandbox.Supervisor;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hrp sandbox supervise}: what {@code up} leaves running. */
@Command(
    name = "supervise",
    hidden = true,
    description = "Own the servers of the sandbox until terminated.")
public final class SandboxSuperviseCommand implements Callable<Integer> {

  @Mixin private final SandboxOptions sandbox = new SandboxOptions();

  private final CommandContext context;

  public SandboxSuperviseCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() throws InterruptedException {
    Supervisor.own(
        sandbox.toSpec(SandboxReport.directory(context)), line -> context.console().result(line));
    return ExitCode.DONE.status();
  }
}
