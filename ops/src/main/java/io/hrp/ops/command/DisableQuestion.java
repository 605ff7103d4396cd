package io.hrp.ops.command;

import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.report.Console;
import io.hrp.ops.steer.DiscardPlan;
import java.util.Optional;

/** Shows what a disable would discard, and asks. */
final class DisableQuestion {
  private DisableQuestion() {}

  /**
   * Returns if the operator says yes, or if there is nothing to ask.
   *
   * @throws CommandException refused, if the answer is anything else or nobody can be asked
   */
  static void ask(CommandContext context, DiscardPlan plan) {
    if (plan.alreadyDisabled()) {
      return;
    }
    Console console = context.console();
    console.notice("disable " + plan.scope() + ":");
    console.notice("  discarded so far: " + plan.records() + " records");
    plan.backlog()
        .forEach(
            (peer, records) ->
                console.notice("  still applied on peer '" + peer + "': " + waiting(records)));
    console.notice(
        "  every record published from now on is discarded there, for good, until 'hrp table"
            + " enable'");
    Optional<String> answer = console.ask("disable it? [y/N] ");
    if (answer.isEmpty()) {
      throw new CommandException(
          ExitCode.REFUSED, "nothing was changed: this discards records, so say --yes");
    }
    String word = answer.get().strip();
    if (!word.equalsIgnoreCase("y") && !word.equalsIgnoreCase("yes")) {
      throw new CommandException(ExitCode.REFUSED, "nothing was changed");
    }
  }

  private static String waiting(long records) {
    return records < 0
        ? "its backlog (not known: it has not committed yet)"
        : "its backlog of " + records + " records";
  }
}
