package io.hrp.ops.command;

import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.report.LiveLines;
import io.hrp.ops.sandbox.SandboxState;
import io.hrp.ops.sandbox.Supervisor;
import io.hrp.ops.sandbox.SupervisorStart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hrp sandbox up}. */
@Command(
    name = "up",
    description =
        "Start Kafka and the HBase clusters and leave them running; data of the last time is kept.")
public final class SandboxUpCommand implements Callable<Integer> {

  @Mixin private final SandboxOptions sandbox = new SandboxOptions();
  @Mixin private final OutputOption output = new OutputOption();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  private final CommandContext context;

  public SandboxUpCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() throws InterruptedException {
    Path directory = SandboxReport.directory(context);
    requireValidOptions(directory);
    Supervisor supervisor = Supervisor.of(directory);
    SupervisorStart start = SupervisorStart.of(supervisor);
    if (supervisor.isStale()) {
      context.console().notice("the last sandbox was not stopped in order; its data is kept");
      supervisor.cleanStale();
    }
    if (supervisor.process().isPresent() || !isFirst(supervisor, start)) {
      context.console().notice("the sandbox already runs, or another 'up' is starting it");
      start.awaitOther();
      requireSameClusters(supervisor.state());
    }
    SandboxReport.Shown shown = SandboxReport.of(directory, supervisor.state());
    SandboxReport.print(context, output.format(), shown);
    context.console().notice("configuration: " + directory.resolve("hrp.yaml"));
    return SandboxReport.tellOfDeadServers(context, supervisor, shown).status();
  }

  /**
   * Starts the servers. False if another command was a moment quicker, which then owns them.
   *
   * @throws CommandException if they cannot be started
   */
  private boolean isFirst(Supervisor supervisor, SupervisorStart start)
      throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("sandbox", "supervise"));
    arguments.add("--dir=" + context.options().directory());
    arguments.addAll(sandbox.toArguments());
    LiveLines lines = new LiveLines(context.console(), System::nanoTime);
    SupervisorStart.Outcome outcome =
        start.launch(
            arguments,
            new SupervisorStart.Steps() {
              @Override
              public void waiting(String server, long seconds) {
                lines.update(server, "starting, " + seconds + " s");
              }

              @Override
              public void ready(String server, double seconds, String address) {
                lines.finish(server, "ready after %.1f s at %s".formatted(seconds, address));
              }
            });
    if (outcome.exitStatus() == ExitCode.DONE.status()) {
      return true;
    }
    if (outcome.exitStatus() == ExitCode.REFUSED.status() && supervisor.process().isPresent()) {
      return false;
    }
    throw new CommandException(codeOf(outcome.exitStatus()), outcome.message());
  }

  private void requireValidOptions(Path directory) {
    try {
      sandbox.toSpec(directory);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void requireSameClusters(Optional<SandboxState> state) {
    List<String> running =
        state.map(SandboxState::servers).orElse(List.of()).stream()
            .map(SandboxState.Server::name)
            .filter(name -> name.startsWith("hbase-"))
            .map(name -> name.substring("hbase-".length()))
            .toList();
    boolean asked = spec.commandLine().getParseResult().hasMatchedOption("--clusters");
    if (asked && !running.equals(sandbox.clusters())) {
      throw new CommandException(
          ExitCode.REFUSED,
          "the sandbox runs with clusters %s, not %s: 'hrp sandbox down' first"
              .formatted(running, sandbox.clusters()));
    }
  }

  private static ExitCode codeOf(int status) {
    for (ExitCode code : ExitCode.values()) {
      if (code.status() == status) {
        return code;
      }
    }
    return ExitCode.INTERNAL_FAULT;
  }
}
