package io.hrp.producer.metrics;

import static io.hrp.producer.metrics.ProducerMetric.CLOCK_BUMPS;
import static io.hrp.producer.metrics.ProducerMetric.MUTATIONS_FAILED;
import static io.hrp.producer.metrics.ProducerMetric.MUTATIONS_PUBLISHED;
import static io.hrp.producer.metrics.ProducerMetric.MUTATIONS_REFUSED;
import static io.hrp.producer.metrics.ProducerMetric.PUBLISHED_BYTES;
import static io.hrp.producer.metrics.ProducerMetric.SEND_DURATION;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One table's metrics, looked up once, so that counting a mutation builds no names. Thread-safe.
 */
public final class TableMetrics {
  private final MetricRegistry registry;
  private final String table;
  private final SingleWriterCount published;
  private final SingleWriterCount publishedBytes;
  private final Counter failedNotWritten;
  private final Counter failedUnknown;
  private final Counter clockBumps;
  private final Timer sendDuration;

  /** Registers the table's metrics, or finds those that another publisher registered. */
  public TableMetrics(MetricRegistry registry, String table, LongSupplier nanoTime) {
    this.registry = registry;
    this.table = table;
    published = SumCounter.part(registry, MUTATIONS_PUBLISHED.registryName(table));
    publishedBytes = SumCounter.part(registry, PUBLISHED_BYTES.registryName(table));
    failedNotWritten = registry.counter(MUTATIONS_FAILED.registryName(table, "not_written"));
    failedUnknown = registry.counter(MUTATIONS_FAILED.registryName(table, "unknown"));
    clockBumps = registry.counter(CLOCK_BUMPS.registryName(table));
    sendDuration =
        registry.timer(
            SEND_DURATION.registryName(table), () -> new Timer(new RecentReservoir(nanoTime)));
  }

  /** One mutation was acknowledged. Called by one thread at a time. */
  public void published(long bytes) {
    published.add(1);
    publishedBytes.add(bytes);
  }

  public void failedNotWritten() {
    failedNotWritten.inc();
  }

  public void failedUnknown() {
    failedUnknown.inc();
  }

  /** The time from hand-over to the outcome. */
  public void measured(long nanos) {
    sendDuration.update(nanos, TimeUnit.NANOSECONDS);
  }

  public void bumped() {
    clockBumps.inc();
  }

  /** Refusals are rare, so their counters are made when the first of a reason comes. */
  public void refused(String reason) {
    registry.counter(MUTATIONS_REFUSED.registryName(table, reason.toLowerCase(Locale.ROOT))).inc();
  }
}
