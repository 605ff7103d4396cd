package io.hrp.producer.metrics;

import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.function.LongSupplier;

/** A publisher's figures in flight, as long as it lives. */
public final class InFlightGauges implements AutoCloseable {
  private final List<Runnable> removals;

  public InFlightGauges(MetricRegistry registry, LongSupplier records, LongSupplier bytes) {
    removals =
        List.of(
            SumGauge.register(registry, ProducerMetric.IN_FLIGHT_RECORDS.registryName(), records),
            SumGauge.register(registry, ProducerMetric.IN_FLIGHT_BYTES.registryName(), bytes));
  }

  @Override
  public void close() {
    removals.forEach(Runnable::run);
  }
}
