package io.hrp.wire;

import org.jspecify.annotations.Nullable;

/**
 * A record value could not be read as a message of HRP. The decoder throws nothing else, whatever
 * the bytes are; the subclass says whether the bytes are broken or only newer than this reader.
 */
public abstract class WireFormatException extends WireException {
  WireFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
