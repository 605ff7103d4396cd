package io.hrp.consumer.admin;

/** The admin port could not be opened, or its number could not be written to the port file. */
public final class AdminStartException extends RuntimeException {
  AdminStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
