package io.hrp.ops.exit;

import java.util.Objects;

/**
 * A command cannot go on and knows what to tell its user. The message is one line: what failed, on
 * which object, what was expected, what to do.
 */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public CommandException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = Objects.requireNonNull(exitCode, "exitCode");
  }

  public CommandException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = Objects.requireNonNull(exitCode, "exitCode");
  }

  /** What the process ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
