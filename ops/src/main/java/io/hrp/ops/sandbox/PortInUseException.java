package io.hrp.ops.sandbox;

/** A port somebody chose is taken by another program. */
public final class PortInUseException extends SandboxException {

  private static final long serialVersionUID = 1L;

  PortInUseException(String server, int port) {
    super(
        "port "
            + port
            + " for "
            + server
            + " is in use: stop the program that listens on it or choose another port");
  }
}
