package io.hrp.control;

import org.jspecify.annotations.Nullable;

/** What went wrong with reading or changing control or status records. */
public abstract class ControlException extends RuntimeException {
  ControlException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
