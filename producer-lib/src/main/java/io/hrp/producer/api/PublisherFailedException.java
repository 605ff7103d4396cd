package io.hrp.producer.api;

import org.jspecify.annotations.Nullable;

/**
 * Kafka's producer met an error it cannot recover from. Everything in flight has failed and every
 * later call throws this; close the publisher, mend the cause, create a new one and publish the
 * failed mutations again.
 */
public final class PublisherFailedException extends HrpProducerException {
  public PublisherFailedException(@Nullable Throwable cause) {
    super(
        "cannot publish any more: the Kafka producer failed for good ("
            + (cause == null ? "no cause given" : cause.toString())
            + "); mend the cause and create a new publisher",
        null,
        false,
        cause);
  }
}
