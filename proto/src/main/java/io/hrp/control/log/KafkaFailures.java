package io.hrp.control.log;

import io.hrp.control.ControlException;
import io.hrp.control.ControlRefusedException;
import io.hrp.control.ControlUnavailableException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** The one table from Kafka's exceptions to what they mean for control records. */
final class KafkaFailures {
  /** What to do about a failure. */
  enum Meaning {
    /** Another writer came first: read again and decide again. */
    START_OVER,
    /** Retriable by the caller. */
    UNAVAILABLE,
    /** Hopeless until somebody changes something. */
    REFUSED
  }

  private static final List<Class<? extends KafkaException>> OTHER_WRITER =
      List.of(
          ProducerFencedException.class,
          InvalidProducerEpochException.class,
          InvalidTxnStateException.class,
          InvalidPidMappingException.class,
          TransactionAbortedException.class);

  private static final List<Class<? extends KafkaException>> FOR_GOOD =
      List.of(
          AuthorizationException.class,
          TransactionalIdAuthorizationException.class,
          AuthenticationException.class,
          PolicyViolationException.class,
          InvalidConfigurationException.class,
          InvalidReplicationFactorException.class,
          RecordTooLargeException.class,
          UnsupportedVersionException.class,
          ConfigException.class);

  private KafkaFailures() {}

  /** The meaning of the first known exception among the failure and its causes. */
  static Meaning meaningOf(Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 10; t = t.getCause(), depth++) {
      if (isOneOf(t, OTHER_WRITER)) {
        return Meaning.START_OVER;
      }
      if (isOneOf(t, FOR_GOOD)) {
        return Meaning.REFUSED;
      }
    }
    return Meaning.UNAVAILABLE;
  }

  private static boolean isOneOf(Throwable t, List<Class<? extends KafkaException>> classes) {
    return classes.stream().anyMatch(c -> c.isInstance(t));
  }

  /** The failure as callers know it; {@code doing} completes "cannot …". */
  static ControlException translate(String doing, Throwable failure) {
    Throwable cause = unwrap(failure);
    String message = "cannot " + doing + ": " + text(cause);
    return meaningOf(cause) == Meaning.REFUSED
        ? new ControlRefusedException(message, cause)
        : new ControlUnavailableException(message, cause);
  }

  private static String text(Throwable cause) {
    String text = cause.getMessage();
    return text == null ? cause.getClass().getSimpleName() : text;
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapper =
        failure instanceof ExecutionException || failure instanceof CompletionException;
    return wrapper && cause != null ? cause : failure;
  }
}
