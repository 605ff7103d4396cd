package io.hrp.consumer.deadletter;

import org.jspecify.annotations.Nullable;

/** The dead-letter topic could not be written now; sending the record again may succeed. */
public final class DeadLetterUnavailableException extends DeadLetterException {
  public DeadLetterUnavailableException(
      String topic, SourceRecord source, String why, @Nullable Throwable cause) {
    super(
        "cannot put record '"
            + source
            + "' aside: dead-letter topic '"
            + topic
            + "' is unavailable ("
            + why
            + "); will retry",
        source,
        topic,
        cause);
  }
}
