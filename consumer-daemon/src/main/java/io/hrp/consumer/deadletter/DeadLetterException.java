package io.hrp.consumer.deadletter;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A dead-letter record that was not acknowledged. */
public abstract sealed class DeadLetterException extends RuntimeException
    permits DeadLetterTooLargeException, DeadLetterUnavailableException {
  private final transient SourceRecord source;
  private final String topic;

  DeadLetterException(
      String message, SourceRecord source, String topic, @Nullable Throwable cause) {
    super(message, cause);
    this.source = requireNonNull(source, "source");
    this.topic = requireNonNull(topic, "topic");
  }

  /** The record that was to be put aside. */
  public SourceRecord source() {
    return source;
  }

  /** The dead-letter topic. */
  public String topic() {
    return topic;
  }
}
