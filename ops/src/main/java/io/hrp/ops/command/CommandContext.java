package io.hrp.ops.command;

import io.hrp.ops.report.Console;
import io.hrp.ops.steer.SteeringConnector;
import java.util.Objects;

/**
 * What every command gets in its constructor.
 *
 * @param console where to write
 * @param options the options that stand before or after any command; filled before a command is
 *     called
 * @param steering connects to the clusters that a configuration names
 */
public record CommandContext(Console console, GlobalOptions options, SteeringConnector steering) {
  public CommandContext {
    Objects.requireNonNull(console, "console");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(steering, "steering");
  }
}
