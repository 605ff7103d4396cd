package io.hrp.ops.command;

import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.report.Console;
import io.hrp.ops.report.OutputFormat;
import io.hrp.ops.steer.Outcome;

/** Shows what a change did, and tells the exit code. */
final class OutcomeReport {
  private OutcomeReport() {}

  /** For a change that producers take up, who cannot be asked whether they have. */
  static int showForProducers(CommandContext context, OutputFormat format, Outcome outcome) {
    print(context.console(), format, outcome);
    if (!outcome.changes().isEmpty() && !outcome.dryRun()) {
      context
          .console()
          .notice(
              "note: producers that reach the broker have taken it up by now; writers in other"
                  + " languages do not follow it");
    }
    return ExitCode.DONE.status();
  }

  static int show(CommandContext context, OutputFormat format, Outcome outcome) {
    Console console = context.console();
    print(console, format, outcome);
    if (outcome.unconfirmed().isEmpty()) {
      if (!outcome.changes().isEmpty() && !outcome.dryRun() && outcome.daemons().isEmpty()) {
        console.notice("note: no daemon is live; the next one to start takes it up");
      }
      return ExitCode.DONE.status();
    }
    console.notice(
        "hrp: not confirmed in time by "
            + String.join(", ", outcome.unconfirmed())
            + (outcome.changes().isEmpty()
                ? ""
                : "; the change is on record and is taken up when they answer"));
    return ExitCode.PARTLY_DONE.status();
  }

  private static void print(Console console, OutputFormat format, Outcome outcome) {
    if (format == OutputFormat.JSON) {
      console.json(outcome);
    } else {
      String prefix = outcome.dryRun() ? "would " : "done: ";
      outcome.changes().forEach(change -> console.result(prefix + change));
      if (outcome.changes().isEmpty() && outcome.unconfirmed().isEmpty()) {
        console.result(outcome.dryRun() ? "would change nothing" : "nothing to change");
      }
      if (!outcome.daemons().isEmpty()) {
        console.result("taken up by " + String.join(", ", outcome.daemons()));
      }
    }
    outcome.notes().forEach(note -> console.notice("note: " + note));
  }
}
