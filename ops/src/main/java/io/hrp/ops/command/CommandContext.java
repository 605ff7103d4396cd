package io.hrp.ops.command;

import io.hrp.ops.report.Console;
import java.util.Objects;

/**
 * What every command gets in its constructor.
 *
 * @param console where to write
 * @param options the options that stand before or after any command; filled before a command is
 *     called
 */
public record CommandContext(Console console, GlobalOptions options) {
  public CommandContext {
    Objects.requireNonNull(console, "console");
    Objects.requireNonNull(options, "options");
  }
}
