package io.hrp.consumer.metrics;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.jmx.JmxReporter;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Registers the metrics of {@link ConsumerMetric}. Asking twice for a series gives the same object.
 *
 * <p>Safe for use by any thread.
 */
public final class ConsumerMetrics implements AutoCloseable {
  /** What durations are told apart by, and where they are cut: a microsecond and an hour. */
  private static final long LOWEST_NANOS = 1_000;

  private static final long HIGHEST_NANOS = 3_600_000_000_000L;
  private static final long HIGHEST_COUNT = 1L << 40;

  private final MetricRegistry registry = new MetricRegistry();
  private final LongSupplier nanoTicker;
  private final JmxReporter jmx;

  /**
   * Starts with the metrics of the process itself, shown over JMX in the domain {@code
   * io.hrp.consumer}.
   *
   * @param nanoTicker as {@link System#nanoTime}
   */
  public ConsumerMetrics(LongSupplier nanoTicker) {
    this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker");
    this.jmx =
        JmxReporter.forRegistry(registry)
            .inDomain("io.hrp.consumer")
            .createsObjectNamesWith(new LabelledObjectNames())
            .build();
    registerProcess();
    jmx.start();
  }

  /**
   * The counter of a series, made at 0 when first asked for.
   *
   * @throws IllegalArgumentException if the metric is no counter or the number of labels is wrong
   */
  public Counter counter(ConsumerMetric metric, String... labelValues) {
    return registry.counter(name(metric, MetricKind.COUNTER, labelValues));
  }

  /** A summary; those in seconds are fed with nanoseconds. */
  public Histogram summary(ConsumerMetric metric, String... labelValues) {
    String name = name(metric, MetricKind.SUMMARY, labelValues);
    return registry.histogram(name, () -> new Histogram(reservoir(metric.unit())));
  }

  /** Shows what {@code value} gives whenever somebody looks; replaces an earlier one. */
  public void gauge(ConsumerMetric metric, DoubleSupplier value, String... labelValues) {
    requireNonNull(value, "value");
    replace(name(metric, MetricKind.GAUGE, labelValues), value);
  }

  /** Takes a series away, as when its partition is revoked; does nothing if there is none. */
  public void remove(ConsumerMetric metric, String... labelValues) {
    registry.remove(new MetricSeries(metric, List.of(labelValues)).registryName());
  }

  /** All series in the Prometheus text format, version 0.0.4. */
  public String prometheusText() {
    return PrometheusText.of(registry.getMetrics());
  }

  /** The sum of a counter over the series whose labels hold {@code value}; for tests and status. */
  public long total(ConsumerMetric metric, String label, String value) {
    int index = metric.labels().indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException("metric '" + metric + "' has no label '" + label + "'");
    }
    long total = 0;
    for (var entry : registry.getCounters().entrySet()) {
      Optional<MetricSeries> series = MetricSeries.parse(entry.getKey());
      if (series.isPresent()
          && series.get().metric() == metric
          && series.get().labelValues().get(index).equals(value)) {
        total += entry.getValue().getCount();
      }
    }
    return total;
  }

  /** Ends the JMX view. */
  @Override
  public void close() {
    jmx.close();
  }

  private static String name(ConsumerMetric metric, MetricKind kind, String... labelValues) {
    if (metric.kind() != kind) {
      throw new IllegalArgumentException(
          "metric '" + metric.metricName() + "' is a " + metric.kind() + ", not a " + kind);
    }
    return new MetricSeries(metric, List.of(labelValues)).registryName();
  }

  private WindowedReservoir reservoir(MetricUnit unit) {
    return unit == MetricUnit.SECONDS
        ? new WindowedReservoir(LOWEST_NANOS, HIGHEST_NANOS, nanoTicker)
        : new WindowedReservoir(1, HIGHEST_COUNT, nanoTicker);
  }

  private synchronized void replace(String name, DoubleSupplier value) {
    registry.remove(name);
    Metric gauge = (Gauge<Double>) value::getAsDouble;
    registry.register(name, gauge);
  }

  private void registerProcess() {
    var memory = ManagementFactory.getMemoryMXBean();
    var threads = ManagementFactory.getThreadMXBean();
    var runtime = ManagementFactory.getRuntimeMXBean();
    var collectors = ManagementFactory.getGarbageCollectorMXBeans();
    gauge(ConsumerMetric.HEAP_USED, () -> memory.getHeapMemoryUsage().getUsed());
    gauge(ConsumerMetric.HEAP_MAX, () -> memory.getHeapMemoryUsage().getMax());
    gauge(ConsumerMetric.THREADS, threads::getThreadCount);
    gauge(ConsumerMetric.STARTED, () -> runtime.getStartTime() / 1000.0);
    // A counter that the platform keeps.
    replace(
        name(ConsumerMetric.GC_PAUSES, MetricKind.COUNTER),
        () ->
            collectors.stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                    .filter(millis -> millis > 0)
                    .sum()
                / 1000.0);
  }
}
