package io.hrp.ops.exit;

import io.hrp.control.ControlRefusedException;
import io.hrp.control.ControlUnavailableException;
import io.hrp.control.config.ConfigException;
import io.hrp.ops.sandbox.DamagedFileException;
import io.hrp.ops.sandbox.DiskFullException;
import io.hrp.ops.sandbox.NotBuiltException;
import io.hrp.ops.sandbox.PortInUseException;
import io.hrp.ops.sandbox.SandboxBusyException;
import io.hrp.ops.sandbox.SandboxException;
import io.hrp.ops.sandbox.ServerFailedException;
import java.util.Objects;

/**
 * What a user is told about an exception, and what the process ends with. The one place where
 * exceptions become exit codes.
 *
 * @param exitCode the status to end with
 * @param line one line for people
 */
public record Failure(ExitCode exitCode, String line) {

  public Failure {
    Objects.requireNonNull(exitCode, "exitCode");
    Objects.requireNonNull(line, "line");
  }

  /** Sorts an exception that ended a command. */
  public static Failure of(Throwable thrown) {
    if (thrown instanceof CommandException known) {
      return new Failure(known.exitCode(), oneLine(known));
    }
    if (thrown instanceof SandboxException sandbox) {
      return new Failure(codeOf(sandbox), oneLine(sandbox));
    }
    if (thrown instanceof ControlUnavailableException) {
      return new Failure(ExitCode.UNREACHABLE, oneLine(thrown));
    }
    if (thrown instanceof ControlRefusedException) {
      return new Failure(ExitCode.REFUSED, oneLine(thrown));
    }
    if (thrown instanceof InterruptedException) {
      return new Failure(ExitCode.INTERRUPTED, "interrupted");
    }
    if (thrown instanceof ConfigException) {
      // One line per fault: whoever mends them wants to see all, each by itself.
      return new Failure(ExitCode.INVALID_CONFIGURATION, String.valueOf(thrown.getMessage()));
    }
    return new Failure(
        ExitCode.INTERNAL_FAULT,
        "internal fault: %s: %s (--verbose shows where)"
            .formatted(thrown.getClass().getSimpleName(), oneLine(thrown)));
  }

  private static ExitCode codeOf(SandboxException thrown) {
    if (thrown instanceof DamagedFileException
        || thrown instanceof PortInUseException
        || thrown instanceof DiskFullException
        || thrown instanceof SandboxBusyException) {
      return ExitCode.REFUSED;
    }
    if (thrown instanceof ServerFailedException) {
      return ExitCode.UNREACHABLE;
    }
    if (thrown instanceof NotBuiltException) {
      return ExitCode.INVALID_CONFIGURATION;
    }
    return ExitCode.INTERNAL_FAULT;
  }

  private static String oneLine(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null ? "no message" : message.replaceAll("\\s*\\R\\s*", " ");
  }
}
