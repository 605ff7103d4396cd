package io.hrp.ops.command;

import io.hrp.ops.steer.Operator;
import io.hrp.ops.steer.Outcome;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.ops.steer.SteeringSession;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command takes that changes something. */
public final class ChangeOptions {

  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final OutputOption output = new OutputOption();

  @Option(
      names = "--dry-run",
      description = "Say what would be changed, and change nothing (default: false).")
  private boolean dryRun;

  @Option(
      names = "--why",
      paramLabel = "<reason>",
      defaultValue = "",
      description = "The reason, kept on record with the change (default: none).")
  private String why = "";

  ConfigOption config() {
    return config;
  }

  OutputOption output() {
    return output;
  }

  boolean isDryRun() {
    return dryRun;
  }

  Operator operator() {
    return new Operator(
        System.getProperty("user.name", "unknown") + "@" + host(),
        why,
        dryRun ? Operator.Mode.DRY_RUN : Operator.Mode.APPLY);
  }

  /** Makes the change with these options, and tells what it did; the exit code. */
  int run(CommandContext context, Function<SteeringPorts, Outcome> step) {
    try (SteeringSession session = context.steering().connect(config.file(context.options()))) {
      return OutcomeReport.show(context, output.format(), step.apply(session.ports()));
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
