package io.hrp.consumer.apply;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Names what went wrong with a record or a mutation, in the words that metrics, status and
 * dead-letter headers show. Each reason belongs to one {@link FailureKind}.
 *
 * <p>Reasons up to {@link #UNCLASSIFIED} can come from an applier; the others are found in a record
 * before a target sees it.
 */
public enum FailureReason {
  /** No connection to the target yet, or none of its servers answers. */
  TARGET_UNAVAILABLE(FailureKind.RETRIABLE),
  /** The row's region is moving, splitting, opening or without a server. */
  REGION_UNAVAILABLE(FailureKind.RETRIABLE),
  /** The row's region server is starting, stopping or gone. */
  SERVER_UNAVAILABLE(FailureKind.RETRIABLE),
  /** No answer in time: the mutation may have been applied or not. */
  TIMED_OUT(FailureKind.RETRIABLE),
  /** The target, or the client's own bound for it, refused for load: the peer is to slow down. */
  OVERLOADED(FailureKind.RETRIABLE),
  /** The call held more bytes than the target takes: the next one is to hold half as many. */
  BATCH_TOO_LARGE(FailureKind.RETRIABLE),
  /** The applier was closed before the mutation was on its way. */
  NOT_SENT(FailureKind.RETRIABLE),

  TABLE_MISSING(FailureKind.OPERATORS),
  TABLE_DISABLED(FailureKind.OPERATORS),
  TABLE_READ_ONLY(FailureKind.OPERATORS),
  FAMILY_MISSING(FailureKind.OPERATORS),
  ACCESS_DENIED(FailureKind.OPERATORS),
  /** The target does not accept who we say we are. */
  AUTHENTICATION_FAILED(FailureKind.OPERATORS),
  SPACE_QUOTA_EXCEEDED(FailureKind.OPERATORS),
  /** A visibility expression names a label that the target does not define. */
  LABEL_UNKNOWN(FailureKind.OPERATORS),
  /** The mutation carries visibility or ACL that the target would store without enforcing. */
  SECURITY_UNSUPPORTED(FailureKind.OPERATORS),

  /** The target refuses this mutation alone, for its size. */
  MUTATION_TOO_LARGE(FailureKind.POISON),
  /** The target refuses this mutation for itself. */
  MUTATION_REFUSED(FailureKind.POISON),

  /** An exception of a class that the table of failures does not hold. */
  UNCLASSIFIED(FailureKind.UNKNOWN),

  /** The record was written by a newer release: its bytes may mean what this one cannot see. */
  NEWER_SCHEMA(FailureKind.UNKNOWN),
  /** The record's value is no message. */
  MALFORMED(FailureKind.POISON),
  KEY_MISSING(FailureKind.POISON),
  VALUE_MISSING(FailureKind.POISON),
  /** The message names another table than the topic. */
  WRONG_TABLE(FailureKind.POISON),
  /** The record key is not the row. */
  WRONG_KEY(FailureKind.POISON),
  /** The row does not belong on the partition it was found on. */
  WRONG_PARTITION(FailureKind.POISON);

  private final FailureKind kind;
  private final String label;

  FailureReason(FailureKind kind) {
    this.kind = requireNonNull(kind, "kind");
    this.label = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public FailureKind kind() {
    return kind;
  }

  /** The form for metrics, status and headers: lower case, words joined by {@code -}. */
  public String label() {
    return label;
  }
}
