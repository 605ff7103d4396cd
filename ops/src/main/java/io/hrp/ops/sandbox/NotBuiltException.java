package io.hrp.ops.sandbox;

import java.nio.file.Path;

/** A program to start has not been built. */
public final class NotBuiltException extends SandboxException {

  private static final long serialVersionUID = 1L;

  NotBuiltException(Path missing) {
    super(
        "\""
            + missing
            + "\" does not exist: build first (\"./hrp\" does, or: mvn -q -DskipTests package)");
  }
}
