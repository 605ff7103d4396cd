package io.hrp.producer.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** The sum of one figure over all publishers that share a registry. Thread-safe. */
final class SumGauge implements Gauge<Long> {
  private final List<LongSupplier> parts = new CopyOnWriteArrayList<>();

  /**
   * Adds a figure to the registry's gauge of that name.
   *
   * @return takes it out again
   */
  static Runnable register(MetricRegistry registry, String name, LongSupplier part) {
    Gauge<?> gauge = registry.gauge(name, SumGauge::new);
    if (!(gauge instanceof SumGauge)) {
      throw new IllegalArgumentException(
          "metric '" + name + "' is taken by a gauge of another kind");
    }
    List<LongSupplier> parts = ((SumGauge) gauge).parts;
    parts.add(part);
    return () -> parts.remove(part);
  }

  @Override
  public Long getValue() {
    return parts.stream().mapToLong(LongSupplier::getAsLong).sum();
  }
}
