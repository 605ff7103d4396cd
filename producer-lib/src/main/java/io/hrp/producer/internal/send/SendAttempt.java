package io.hrp.producer.internal.send;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of handing a record to Kafka. Immutable. */
public final class SendAttempt {
  /** Whether the record was handed over, and if not, why. */
  public enum Result {
    HANDED_OVER,
    /** Kafka's producer is closed. */
    CLOSED,
    /** Kafka's own buffer stayed full. */
    BUFFER_FULL,
    /** The topic, or the partition, did not show up in the metadata in time. */
    TOPIC_UNREACHABLE,
    NOT_AUTHORIZED,
    TOO_LARGE,
    INTERRUPTED,
    /** Kafka's producer can send nothing more. */
    FATAL
  }

  static final SendAttempt HANDED_OVER = new SendAttempt(Result.HANDED_OVER, null);

  private final Result result;
  private final @Nullable Exception cause;

  private SendAttempt(Result result, @Nullable Exception cause) {
    this.result = result;
    this.cause = cause;
  }

  static SendAttempt refused(Result result, Exception cause) {
    return new SendAttempt(result, cause);
  }

  public Result result() {
    return result;
  }

  public Optional<Exception> cause() {
    return Optional.ofNullable(cause);
  }
}
