package io.hrp.producer.metrics;

import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.function.LongSupplier;

/** A publisher's figures that rise and fall, as long as it lives. */
public final class PublisherGauges implements AutoCloseable {
  private final List<Runnable> removals;

  public PublisherGauges(
      MetricRegistry registry, LongSupplier records, LongSupplier bytes, LongSupplier skewMs) {
    removals =
        List.of(
            SumGauge.register(registry, ProducerMetric.IN_FLIGHT_RECORDS.registryName(), records),
            SumGauge.register(registry, ProducerMetric.IN_FLIGHT_BYTES.registryName(), bytes),
            WorstSkewGauge.register(registry, ProducerMetric.CLOCK_SKEW.registryName(), skewMs));
  }

  @Override
  public void close() {
    removals.forEach(Runnable::run);
  }
}
