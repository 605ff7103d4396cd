package io.hrp.ops.command;

import io.hrp.ops.sandbox.BenchProcess;
import io.hrp.ops.sandbox.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hrp bench}. */
@Command(
    name = "bench",
    description = "Measure HRP against what it stands beside, in one run, as ratios.",
    footer = {
      "",
      "Ratios are ours over theirs of rates, and theirs over ours of bytes allocated:",
      "higher is better. Servers, if any are needed, run under .hrp/bench meanwhile."
    })
public final class BenchCommand implements Callable<Integer> {

  @Mixin private final BenchOptions options = new BenchOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  private final CommandContext context;

  public BenchCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() throws InterruptedException {
    List<String> faults = options.faults();
    if (!faults.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("; ", faults));
    }
    List<String> arguments = new ArrayList<>(options.toArguments(context.options().directory()));
    if (context.options().isVerbose()) {
      arguments.add("--verbose");
    }
    return BenchProcess.run(Installation.current(), arguments);
  }
}
