package io.hrp.ops.sandbox;

import java.nio.file.Path;

/** A file that the sandbox wrote cannot be read any more. */
public final class DamagedFileException extends SandboxException {

  private static final long serialVersionUID = 1L;

  DamagedFileException(Path file, Throwable cause) {
    super(
        "file '" + file + "' is damaged: remove it, what it held is made anew at the next start",
        cause);
  }
}
