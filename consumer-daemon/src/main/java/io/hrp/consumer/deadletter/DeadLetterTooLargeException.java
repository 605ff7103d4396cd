package io.hrp.consumer.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * The dead-letter topic, or the producer, does not take a record of this size: the source partition
 * parks until someone raises {@code max.message.bytes} of the dead-letter topic.
 */
public final class DeadLetterTooLargeException extends DeadLetterException {
  public DeadLetterTooLargeException(String topic, SourceRecord source, @Nullable Throwable cause) {
    super(
        "cannot put record '"
            + source
            + "' aside: dead-letter topic '"
            + topic
            + "' does not take a record of its size; raise max.message.bytes of that topic",
        source,
        topic,
        cause);
  }
}
