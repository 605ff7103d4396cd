package io.hrp.producer.internal.send;

/** A record that was not acknowledged, sorted. Immutable. */
public final class SendFailure {
  /** What a failure means for the record and for the publisher. */
  public enum Kind {
    /** The record is certain not to stand in the topic. */
    NOT_WRITTEN,
    /** The record may stand in the topic. */
    UNKNOWN,
    /** As unknown, and Kafka's producer will never send again. */
    FATAL
  }

  private final Kind kind;
  private final Exception cause;

  SendFailure(Kind kind, Exception cause) {
    this.kind = kind;
    this.cause = cause;
  }

  public Kind kind() {
    return kind;
  }

  public Exception cause() {
    return cause;
  }
}
