package io.hrp.consumer.apply;

import static java.util.Objects.requireNonNull;

/** What became of one mutation in one attempt. Immutable. */
public sealed interface ApplyOutcome {

  /** The target has the mutation, with the durability asked for. */
  record Applied() implements ApplyOutcome {
    /** Saves an object per mutation. */
    public static final Applied INSTANCE = new Applied();
  }

  /** The peer's selection holds nothing of the mutation, so nothing was sent. */
  record LeftEmpty() implements ApplyOutcome {
    public static final LeftEmpty INSTANCE = new LeftEmpty();
  }

  /**
   * The target is not known to have the mutation. After {@link FailureReason#TIMED_OUT} and other
   * failures on the way it may have it all the same; sending it again is harmless.
   *
   * @param kind always {@code reason.kind()}
   * @param errorClass fully qualified class of the decisive exception, or of the component that
   *     refused
   * @param message one line for people, without cell values; never to be decided on
   */
  record Failed(FailureKind kind, FailureReason reason, String errorClass, String message)
      implements ApplyOutcome {
    public Failed {
      requireNonNull(kind, "kind");
      requireNonNull(reason, "reason");
      requireNonNull(errorClass, "errorClass");
      requireNonNull(message, "message");
      if (reason.kind() != kind) {
        throw new IllegalArgumentException(
            "reason " + reason + " is " + reason.kind() + ", got kind " + kind);
      }
    }

    public static Failed of(FailureReason reason, String errorClass, String message) {
      return new Failed(reason.kind(), reason, errorClass, message);
    }
  }
}
