package io.hrp.ops.sandbox;

/**
 * Base of what can go wrong with the sandbox. The message is one line that says what to do; it can
 * be shown as it is.
 */
public abstract sealed class SandboxException extends RuntimeException
    permits DamagedFileException,
        DiskFullException,
        NotBuiltException,
        PortInUseException,
        SandboxBusyException,
        ServerFailedException {

  private static final long serialVersionUID = 1L;

  SandboxException(String message) {
    super(message);
  }

  SandboxException(String message, Throwable cause) {
    super(message, cause);
  }
}
