package io.hrp.producer;

import io.hrp.producer.api.BackPressureException;
import io.hrp.producer.api.ClockSkewException;
import io.hrp.producer.api.ControlUnreadableException;
import io.hrp.producer.api.HrpProducerException;
import io.hrp.producer.api.MutationRejectedException;
import io.hrp.producer.api.MutationTooLargeException;
import io.hrp.producer.api.PublishInterruptedException;
import io.hrp.producer.api.PublisherClosedException;
import io.hrp.producer.api.TableUnavailableException;
import io.hrp.producer.api.TimestampAheadException;
import io.hrp.producer.api.TopicClosedException;

/** The {@code reason} label of a refused mutation. */
final class RefusalReason {
  private RefusalReason() {}

  static String of(HrpProducerException refusal) {
    if (refusal instanceof MutationRejectedException) {
      return ((MutationRejectedException) refusal).reason();
    }
    if (refusal instanceof TableUnavailableException) {
      return ((TableUnavailableException) refusal).reason().name();
    }
    if (refusal instanceof MutationTooLargeException) {
      return "too_large";
    }
    if (refusal instanceof BackPressureException) {
      return "back_pressure";
    }
    if (refusal instanceof ClockSkewException) {
      return "clock_skew";
    }
    if (refusal instanceof TimestampAheadException) {
      return "timestamp_ahead";
    }
    if (refusal instanceof TopicClosedException) {
      return "topic_closed";
    }
    if (refusal instanceof ControlUnreadableException) {
      return "control_unreadable";
    }
    if (refusal instanceof PublishInterruptedException) {
      return "interrupted";
    }
    return refusal instanceof PublisherClosedException ? "closed" : "failed";
  }
}
