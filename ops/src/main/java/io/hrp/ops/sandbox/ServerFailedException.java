package io.hrp.ops.sandbox;

import java.nio.file.Path;
import java.util.Objects;

/** A server ended or was not ready in time. */
public final class ServerFailedException extends SandboxException {

  private static final long serialVersionUID = 1L;

  private final String server;
  private final transient Path logFile;

  ServerFailedException(String server, String whatHappened, Path logFile, String lastErrorLine) {
    super(
        "%s %s; log \"%s\"%s"
            .formatted(
                server,
                whatHappened,
                logFile,
                lastErrorLine.isEmpty() ? " (no error in it)" : ", last error: " + lastErrorLine));
    this.server = Objects.requireNonNull(server, "server");
    this.logFile = Objects.requireNonNull(logFile, "logFile");
  }

  /** The server's name, such as {@code kafka} or {@code hbase-east}. */
  public String server() {
    return server;
  }

  /** Where to read on. */
  public Path logFile() {
    return logFile;
  }
}
