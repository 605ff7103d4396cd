package io.hrp.producer.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * The clock's skew in seconds: of all publishers that share a registry, what the one says that
 * knows of the largest, ahead or behind. Thread-safe.
 */
final class WorstSkewGauge implements Gauge<Double> {
  private final List<LongSupplier> parts = new CopyOnWriteArrayList<>();

  /**
   * Adds a publisher's view, in milliseconds, to the registry's gauge of that name.
   *
   * @return takes it out again
   */
  static Runnable register(MetricRegistry registry, String name, LongSupplier part) {
    Gauge<?> gauge = registry.gauge(name, WorstSkewGauge::new);
    if (!(gauge instanceof WorstSkewGauge)) {
      throw new IllegalArgumentException(
          "metric '" + name + "' is taken by a gauge of another kind");
    }
    List<LongSupplier> parts = ((WorstSkewGauge) gauge).parts;
    parts.add(part);
    return () -> parts.remove(part);
  }

  @Override
  public Double getValue() {
    long worst = 0;
    for (LongSupplier part : parts) {
      long skewMs = part.getAsLong();
      if (Math.abs(skewMs) > Math.abs(worst)) {
        worst = skewMs;
      }
    }
    return worst / 1000.0;
  }
}
