package io.hrp.producer.internal.send;

import io.hrp.producer.internal.send.SendFailure.Kind;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Sorts Kafka's errors by class.
 *
 * <p>After hand-over nearly everything is {@link Kind#UNKNOWN}: an earlier attempt of the same
 * batch may have been written and its answer lost, whatever the last attempt met. Only what the
 * broker says of the bytes themselves holds for every attempt.
 */
final class SendFailures {
  private SendFailures() {}

  static SendFailure afterHandOver(Exception cause) {
    return new SendFailure(kindOf(cause), cause);
  }

  /** Whether Kafka's producer can send nothing more, ever. */
  static boolean isFatal(Throwable cause) {
    return cause instanceof ClusterAuthorizationException
        || cause instanceof TransactionalIdAuthorizationException
        || cause instanceof ProducerFencedException
        || cause instanceof UnsupportedVersionException;
  }

  private static Kind kindOf(Exception cause) {
    if (isFatal(cause)) {
      return Kind.FATAL;
    }
    return cause instanceof RecordTooLargeException || cause instanceof InvalidRecordException
        ? Kind.NOT_WRITTEN
        : Kind.UNKNOWN;
  }
}
