package io.hrp.producer.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Snapshot;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProducerMetricTest {
  @ParameterizedTest
  @EnumSource(ProducerMetric.class)
  void namesFollowTheStyle(ProducerMetric metric) {
    assertThat(metric.metricName()).matches("hrp_producer_[a-z_]+");
    assertThat(metric.metricName().endsWith("_total"))
        .isEqualTo(metric.kind() == ProducerMetric.Kind.COUNTER);
    assertThat(metric.help()).endsWith(".");
    assertThat(metric.labels())
        .allSatisfy(label -> assertThat(metric.metricName()).doesNotContain(label));
  }

  @Test
  void putsLabelsIntoTheRegistrysNameInTheCataloguesOrder() {
    assertThat(ProducerMetric.MUTATIONS_FAILED.registryName("ns:t", "unknown"))
        .isEqualTo("hrp_producer_mutations_failed_total{table=ns:t,outcome=unknown}");
    assertThat(ProducerMetric.IN_FLIGHT_BYTES.registryName())
        .isEqualTo("hrp_producer_in_flight_bytes");
    assertThatThrownBy(() -> ProducerMetric.MUTATIONS_FAILED.registryName("ns:t"))
        .hasMessageContaining("[table, outcome]");
  }

  @Test
  void twoPublishersOnOneRegistryAddUp() {
    MetricRegistry registry = new MetricRegistry();
    PublisherGauges first = new PublisherGauges(registry, () -> 2, () -> 200, () -> 0);
    PublisherGauges second = new PublisherGauges(registry, () -> 3, () -> 300, () -> 0);
    assertThat(gauge(registry, "hrp_producer_in_flight_bytes")).isEqualTo(500L);

    first.close();

    assertThat(gauge(registry, "hrp_producer_in_flight_records")).isEqualTo(3L);
    second.close();
  }

  @Test
  void twoPublishersOfOneTableCountTogether() {
    MetricRegistry registry = new MetricRegistry();
    TableMetrics first = new TableMetrics(registry, "ns:t", System::nanoTime);
    TableMetrics second = new TableMetrics(registry, "ns:t", System::nanoTime);

    first.published(100);
    second.published(20);
    second.published(3);

    assertThat(registry.counter("hrp_producer_mutations_published_total{table=ns:t}").getCount())
        .isEqualTo(3);
    assertThat(registry.counter("hrp_producer_published_bytes_total{table=ns:t}").getCount())
        .isEqualTo(123);
  }

  @Test
  void durationsAreThoseOfTheLastMinuteAndWithinOnePercent() {
    AtomicLong nanos = new AtomicLong();
    RecentReservoir reservoir = new RecentReservoir(nanos::get);
    for (int ms = 1; ms <= 1_000; ms++) {
      reservoir.update(ms * 1_000_000L);
    }
    Snapshot snapshot = reservoir.getSnapshot();
    assertThat(snapshot.size()).isEqualTo(1_000);
    assertThat(snapshot.getMedian()).isBetween(495e6, 505e6);
    assertThat(snapshot.get99thPercentile()).isBetween(980e6, 1_000e6);
    nanos.addAndGet(31_000_000_000L);
    assertThat(reservoir.getSnapshot().size()).isEqualTo(1_000);

    nanos.addAndGet(31_000_000_000L);
    reservoir.getSnapshot();
    nanos.addAndGet(61_000_000_000L);

    assertThat(reservoir.getSnapshot().size()).isZero();
    assertThat(reservoir.getSnapshot().get99thPercentile()).isZero();
  }

  private static Object gauge(MetricRegistry registry, String name) {
    return requireNonNull(registry.getGauges().get(name)).getValue();
  }
}
