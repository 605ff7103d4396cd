package io.hrp.control;

/** What a producer does with the mutations of a table whose topic is closed. */
public enum ClosedPolicy {
  /** It refuses every one. */
  REJECT,
  /**
   * It steps aside: a producer with the table's cluster beside it writes there and leaves Kafka
   * out, so no other cluster gets what is written meanwhile. One without a cluster refuses.
   */
  DIRECT
}
