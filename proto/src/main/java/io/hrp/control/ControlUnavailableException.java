package io.hrp.control;

import org.jspecify.annotations.Nullable;

/** Kafka could not be reached, or did not answer in time. Retriable. */
public final class ControlUnavailableException extends ControlException {
  public ControlUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
