package io.hrp.producer.internal.route;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the broker said about a topic. Immutable. */
public final class TopicFacts {
  /** Whether and how the topic can be used. */
  public enum State {
    PRESENT,
    MISSING,
    NOT_AUTHORIZED,
    UNREACHABLE
  }

  private final State state;
  private final int partitions;
  private final OptionalInt maxMessageBytes;
  private final @Nullable Throwable cause;

  private TopicFacts(
      State state, int partitions, OptionalInt maxMessageBytes, @Nullable Throwable cause) {
    this.state = state;
    this.partitions = partitions;
    this.maxMessageBytes = maxMessageBytes;
    this.cause = cause;
  }

  public static TopicFacts present(int partitions, OptionalInt maxMessageBytes) {
    return new TopicFacts(State.PRESENT, partitions, maxMessageBytes, null);
  }

  public static TopicFacts absent(State state, Throwable cause) {
    return new TopicFacts(state, 0, OptionalInt.empty(), cause);
  }

  public State state() {
    return state;
  }

  /** Partitions of the topic; 0 unless present. */
  public int partitions() {
    return partitions;
  }

  /** The topic's own limit; empty if this user may not see it. */
  public OptionalInt maxMessageBytes() {
    return maxMessageBytes;
  }

  /** Why the topic cannot be used. */
  public Optional<Throwable> cause() {
    return Optional.ofNullable(cause);
  }
}
