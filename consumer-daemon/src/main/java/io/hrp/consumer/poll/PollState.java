package io.hrp.consumer.poll;

import java.util.Locale;
import java.util.Set;

/** The life of a peer's poll thread. */
public enum PollState {
  /** The consumer is being made. */
  STARTING,
  /** Turning. */
  RUNNING,
  /** A fault reached the outermost loop; a new consumer is made after a while. */
  FAULTED,
  /** Nothing is read any more; what was read is being finished. */
  DRAINING,
  /** Over. */
  STOPPED;

  /** Whether the thread may go from this state to {@code next}. */
  public boolean mayBecome(PollState next) {
    return switch (this) {
      case STARTING -> Set.of(RUNNING, FAULTED, STOPPED).contains(next);
      case RUNNING -> Set.of(FAULTED, DRAINING, STOPPED).contains(next);
      case FAULTED -> Set.of(STARTING, STOPPED).contains(next);
      case DRAINING -> next == STOPPED || next == FAULTED;
      case STOPPED -> false;
    };
  }

  /** The form for status: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
