package io.hrp.wire;

import org.jspecify.annotations.Nullable;

/**
 * Base of everything this package throws on purpose. Its direct subclasses are all in this package.
 */
public abstract class WireException extends RuntimeException {
  WireException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
