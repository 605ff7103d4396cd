package io.hrp.ops.command;

import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.quickstart.Outcome;
import io.hrp.ops.quickstart.Quickstart;
import io.hrp.ops.report.LiveLines;
import io.hrp.ops.verify.Comparison;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hrp quickstart}. */
@Command(
    name = "quickstart",
    description =
        "Start a Kafka, two HBase clusters and a daemon, publish the Unicode character database, and compare"
            + " both clusters with it cell by cell; ends with 5 if anything differs.")
public final class QuickstartCommand implements Callable<Integer> {

  @Option(
      names = "--exit",
      description = "Stop everything at the end (default: false, stay up until Ctrl-C).")
  private boolean exit;

  @Option(
      names = "--rows",
      paramLabel = "<n>",
      description = "How many rows to take (default: all).")
  private int rows = Integer.MAX_VALUE;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  private final CommandContext context;

  public QuickstartCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() throws InterruptedException {
    if (rows < 1) {
      throw new ParameterException(spec.commandLine(), "--rows must be at least 1, not " + rows);
    }
    LiveLines lines = new LiveLines(context.console(), System::nanoTime);
    Outcome outcome;
    try (Quickstart quickstart =
        Quickstart.start(context.options().directory().resolve("quickstart"), lines)) {
      outcome = quickstart.run(rows);
      showDifferences(outcome);
      if (!exit) {
        context.console().result(outcome.line());
        showWhatToTry(quickstart);
        new CountDownLatch(1).await();
      }
    }
    context.console().result(outcome.line());
    return (outcome.isEqual() ? ExitCode.DONE : ExitCode.PROBLEM_FOUND).status();
  }

  private void showDifferences(Outcome outcome) {
    for (Map.Entry<String, Comparison> peer : outcome.comparisons().entrySet()) {
      peer.getValue()
          .examples()
          .forEach(example -> context.console().notice("peer '" + peer.getKey() + "' " + example));
    }
  }

  private void showWhatToTry(Quickstart quickstart) {
    context.console().notice("");
    context.console().notice("Everything stays up until Ctrl-C. Try, in another shell:");
    for (String command :
        new String[] {
          "status",
          "status --watch",
          "topic list",
          "table pause unicode --peer east",
          "table resume unicode --peer east"
        }) {
      context.console().notice("  ./hrp " + command + " --config " + quickstart.configFile());
    }
  }
}
