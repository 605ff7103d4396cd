package io.hrp.producer.hbase;

import io.hrp.producer.api.PublishFailedException;
import java.io.IOException;
import java.util.Optional;

/**
 * A mutation was handed to Kafka and not acknowledged, or not in time. If the table is {@code dual}
 * the local cluster was not written.
 *
 * <p>Writing the same object again gives it new timestamps. To keep those it had, write the
 * failure's {@link PublishFailedException#stampedMutation()}; a second copy of it changes nothing.
 */
public final class WriteNotAcknowledgedException extends IOException {
  private static final long serialVersionUID = 1;

  WriteNotAcknowledgedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What Kafka's client said; empty if the operation timeout passed before it said anything. Then
   * the mutation may still be written.
   */
  public Optional<PublishFailedException> failure() {
    return getCause() instanceof PublishFailedException
        ? Optional.of((PublishFailedException) getCause())
        : Optional.empty();
  }

  /** Whether the mutation may stand in Kafka, or come to, all the same. */
  public boolean outcomeUnknown() {
    return failure().map(PublishFailedException::outcomeUnknown).orElse(true);
  }
}
