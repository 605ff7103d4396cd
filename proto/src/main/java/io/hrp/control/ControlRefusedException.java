package io.hrp.control;

import org.jspecify.annotations.Nullable;

/**
 * The change is not allowed in the present state, or Kafka refused it for good (no permission, a
 * topic that is not set up as it must be). Trying again unchanged does not help.
 */
public final class ControlRefusedException extends ControlException {
  public ControlRefusedException(String message) {
    this(message, null);
  }

  public ControlRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
