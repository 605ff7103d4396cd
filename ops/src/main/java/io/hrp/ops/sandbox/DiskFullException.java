package io.hrp.ops.sandbox;

import java.io.IOException;
import java.nio.file.Path;

/** The disk under the sandbox directory has too little room, or ran out of it. */
public final class DiskFullException extends SandboxException {

  private static final long serialVersionUID = 1L;

  DiskFullException(Path directory, long freeBytes, long neededBytes) {
    super(
        "the disk under \"%s\" has %d MB free, the sandbox needs %d MB: make room or choose another directory with --dir"
            .formatted(directory, freeBytes >> 20, neededBytes >> 20));
  }

  DiskFullException(Path directory, ServerFailedException cause) {
    super(
        "the disk under \"%s\" is full, and %s: make room or choose another directory with --dir"
            .formatted(directory, cause.getMessage()),
        cause);
  }

  DiskFullException(Path directory, IOException cause) {
    super(
        "cannot write under \"%s\": %s; make room, check its owner or choose another directory with --dir"
            .formatted(directory, cause.getMessage()),
        cause);
  }
}
