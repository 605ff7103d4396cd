package io.hrp.ops.sandbox;

import java.nio.file.Path;

/** Another process owns the sandbox of this directory. */
public final class SandboxBusyException extends SandboxException {

  private static final long serialVersionUID = 1L;

  SandboxBusyException(Path directory, String detail) {
    super("the sandbox in \"" + directory + "\" " + detail);
  }
}
