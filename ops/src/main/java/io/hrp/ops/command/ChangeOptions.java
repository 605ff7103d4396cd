package io.hrp.ops.command;

import io.hrp.ops.steer.Operator;
import java.net.InetAddress;
import java.net.UnknownHostException;
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

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
