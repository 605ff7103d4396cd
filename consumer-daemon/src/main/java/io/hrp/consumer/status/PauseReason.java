package io.hrp.consumer.status;

import java.util.Locale;

/**
 * Why a partition is not being worked on. Each reason has its own condition for going on, so
 * several can hold at once and one that ends never lifts another.
 *
 * <p>The order is the order of importance: status shows the first of those that hold.
 */
public enum PauseReason {
  /** The topic was deleted and made anew: the committed offset counts in another topic. */
  TOPIC_RECREATED(Ends.BY_A_PERSON),
  /** The committed offset was reached on another cluster than the one the peer points at now. */
  CLUSTER_CHANGED(Ends.BY_A_PERSON),
  /** The partition was started before, and its committed offset is gone. */
  OFFSET_MISSING(Ends.BY_A_PERSON),
  /** Retention, or a truncation, took records that were not applied. */
  OFFSETS_LOST(Ends.BY_A_PERSON),
  /** The topic is compacted, so records may be missing from it already. */
  TOPIC_COMPACTED(Ends.BY_A_PERSON),
  /** The daemon may not read the topic, or ask about it; tried again from time to time. */
  TOPIC_UNAUTHORIZED(Ends.BY_A_PERSON),
  /** A fault of the daemon's own; it tries again. */
  INTERNAL_FAULT(Ends.BY_A_PERSON),
  /** The target, or the record, needs someone to mend something; tried again from time to time. */
  PARKED(Ends.BY_A_PERSON),
  /** More poison a minute than the table may put aside. */
  POISON_FLOOD(Ends.BY_A_PERSON),
  /** A poison record does not fit into the dead-letter topic. */
  DEAD_LETTER_TOO_LARGE(Ends.BY_A_PERSON),
  /** No partition count is declared for the table. */
  NOT_DECLARED(Ends.BY_A_PERSON),
  /** An operator paused the table or the peer. */
  OPERATOR(Ends.BY_A_PERSON),
  /** A disable or enable is being carried out. */
  HOLD(Ends.BY_ITSELF),
  /** The control topic has not been read yet. */
  CONTROL_UNKNOWN(Ends.BY_ITSELF),
  /** The dead-letter topic does not acknowledge. */
  DEAD_LETTER_UNAVAILABLE(Ends.BY_ITSELF),
  /** The target does not answer. */
  TARGET_UNAVAILABLE(Ends.BY_ITSELF),
  /** A mutation failed in a way that a later attempt may overcome. */
  RETRYING(Ends.BY_ITSELF),
  /** Newly assigned: topic, cluster and offset are being checked. */
  STARTING(Ends.BY_ITSELF),
  /** The daemon stops: nothing more is read. */
  STOPPING(Ends.BY_ITSELF),
  /** Kafka does not tell whether the topic is still the one that was opened. */
  TOPIC_UNCONFIRMED(Ends.BY_ITSELF),
  /** What failed is tried again before anything newer is read. */
  PROBING(Ends.BY_ITSELF),
  /** The peer holds as many bytes as it may. */
  MEMORY(Ends.BY_ITSELF);

  private enum Ends {
    BY_ITSELF,
    BY_A_PERSON
  }

  private final Ends ends;
  private final String label;

  PauseReason(Ends ends) {
    this.ends = ends;
    this.label = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether a person has to act before the partition goes on. */
  public boolean isOperators() {
    return ends == Ends.BY_A_PERSON;
  }

  /** Whether it only keeps new records out, and lets what was read go on. */
  public boolean stopsIntakeOnly() {
    return switch (this) {
      case TOPIC_UNCONFIRMED, MEMORY, PROBING, STOPPING -> true;
      default -> false;
    };
  }

  /** Whether it was met while reading or applying, and ends with a later attempt. */
  public boolean isStall() {
    return switch (this) {
      case TOPIC_UNAUTHORIZED,
          RETRYING,
          PARKED,
          POISON_FLOOD,
          DEAD_LETTER_TOO_LARGE,
          DEAD_LETTER_UNAVAILABLE,
          INTERNAL_FAULT ->
          true;
      default -> false;
    };
  }

  /** The form for metrics and status: lower case, words joined by {@code -}. */
  public String label() {
    return label;
  }
}
