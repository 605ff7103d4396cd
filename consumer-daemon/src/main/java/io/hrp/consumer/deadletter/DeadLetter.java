package io.hrp.consumer.deadletter;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.FailureReason;
import io.hrp.wire.TableId;
import java.time.Instant;

/**
 * A record that is put aside, and why.
 *
 * @param table decides the dead-letter topic: the table of the topic the record was read from
 * @param peer the target that could not take it
 * @param source goes over unaltered, to the partition of the same number
 * @param reason its kind is written beside it
 * @param errorClass fully qualified class of the decisive exception
 * @param message for people; cut to 1 KB of UTF-8 when written
 * @param failedAt when the decision was made
 * @param attempts how often the record was sent to the target; 0 if it never got that far
 */
public record DeadLetter(
    TableId table,
    String peer,
    SourceRecord source,
    FailureReason reason,
    String errorClass,
    String message,
    Instant failedAt,
    int attempts) {
  public DeadLetter {
    requireNonNull(table, "table");
    requireNonNull(peer, "peer");
    requireNonNull(source, "source");
    requireNonNull(reason, "reason");
    requireNonNull(errorClass, "errorClass");
    requireNonNull(message, "message");
    requireNonNull(failedAt, "failedAt");
    if (attempts < 0) {
      throw new IllegalArgumentException("attempts must not be negative, got " + attempts);
    }
  }
}
