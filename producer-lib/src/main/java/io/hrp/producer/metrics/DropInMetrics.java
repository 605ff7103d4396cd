package io.hrp.producer.metrics;

import static io.hrp.producer.metrics.ProducerMetric.LOCAL_WRITES;
import static io.hrp.producer.metrics.ProducerMetric.MUTATIONS_REFUSED;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;

/**
 * What the drop-in connection does with a table beside publishing. The counters are there from the
 * beginning, so that a dashboard tells "none" from "unknown". Thread-safe.
 */
public final class DropInMetrics {
  private final Counter applied;
  private final Counter failed;
  private final Counter unpublished;
  private final Counter operationsRefused;

  /** Registers the table's metrics, or finds those that another connection registered. */
  public DropInMetrics(MetricRegistry registry, String table) {
    applied = registry.counter(LOCAL_WRITES.registryName(table, "applied"));
    failed = registry.counter(LOCAL_WRITES.registryName(table, "failed"));
    unpublished = registry.counter(LOCAL_WRITES.registryName(table, "unpublished"));
    operationsRefused = registry.counter(MUTATIONS_REFUSED.registryName(table, "operation"));
  }

  /** The local cluster took a mutation that Kafka has. */
  public void applied() {
    applied.inc();
  }

  /** The local cluster did not take a mutation, or did not answer. */
  public void failed() {
    failed.inc();
  }

  /** The local cluster took a mutation that no other cluster gets from here. */
  public void unpublished() {
    unpublished.inc();
  }

  /** A call was refused that HRP cannot replay. */
  public void operationRefused() {
    operationsRefused.inc();
  }
}
