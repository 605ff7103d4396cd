package io.hrp.producer.config;

/** What happens to the writes of one table. */
public enum TableMode {
  /** They go to Kafka alone; every cluster is fed by daemons. */
  PUBLISH_ONLY,
  /** They go to Kafka first and then to the local cluster, with the same timestamps. */
  DUAL,
  /** HRP steps aside by configuration. */
  DIRECT,
  /** No pattern names the table: it reaches its cluster as if HRP were not there. */
  NOT_CONFIGURED;

  /** Whether writes go to Kafka. */
  public boolean publishes() {
    return this == PUBLISH_ONLY || this == DUAL;
  }
}
