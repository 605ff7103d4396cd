package io.hrp.consumer.retry;

/** What becomes of a record that can never be applied. */
public enum PoisonPolicy {
  /** It goes to the dead-letter topic, and its partition goes on. */
  DEAD_LETTER,
  /** Its partition waits for a person. */
  PARK
}
