package io.hrp.consumer.config;

/** How the daemons of a peer share partitions. */
public enum GroupProtocol {
  /** Kafka's classic protocol, with cooperative rebalances. */
  CLASSIC,
  /** The broker assigns (KIP-848); all daemons of a peer have to use it. */
  CONSUMER
}
