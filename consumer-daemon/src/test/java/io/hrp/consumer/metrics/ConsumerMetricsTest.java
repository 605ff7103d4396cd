package io.hrp.consumer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.consumer.testing.GeneratedSection;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConsumerMetricsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final ConsumerMetrics metrics = new ConsumerMetrics(nanos::get);

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void namesFollowTheStyleGuide() {
    Set<String> labels = Set.of("table", "topic", "partition", "peer", "outcome", "reason");
    for (ConsumerMetric metric : ConsumerMetric.values()) {
      String name = metric.metricName();
      assertThat(name).matches("hrp_consumer_[a-z]+(_[a-z]+)*");
      assertThat(name.endsWith("_total")).isEqualTo(metric.kind() == MetricKind.COUNTER);
      assertThat(labels).containsAll(metric.labels());
      assertThat(metric.help()).endsWith(".").doesNotContain("\n");
      if (metric.unit() == MetricUnit.SECONDS || metric.unit() == MetricUnit.BYTES) {
        assertThat(name.replaceFirst("_total$", "")).endsWith("_" + metric.unit().label());
      }
    }
  }

  @Test
  void namesAreUnique() {
    assertThat(Arrays.stream(ConsumerMetric.values()).map(ConsumerMetric::metricName))
        .doesNotHaveDuplicates();
  }

  @Test
  void writesCountersGaugesAndSummariesAsPrometheusText() {
    metrics.counter(ConsumerMetric.MUTATIONS, "east", "a\"b\\c", "applied").inc(7);
    metrics.gauge(ConsumerMetric.LAG_RECORDS, () -> 12, "east", "orders", "0");
    for (int i = 0; i < 4; i++) {
      metrics.summary(ConsumerMetric.APPLY_DURATION, "east").update(2_000_000_000L);
    }

    String text = metrics.prometheusText();

    assertThat(text)
        .contains("# TYPE hrp_consumer_mutations_applied_total counter\n")
        .contains(
            "hrp_consumer_mutations_applied_total"
                + "{peer=\"east\",table=\"a\\\"b\\\\c\",outcome=\"applied\"} 7\n")
        .contains("hrp_consumer_lag_records{peer=\"east\",table=\"orders\",partition=\"0\"} 12\n")
        .contains("# TYPE hrp_consumer_apply_duration_seconds summary\n")
        .containsPattern(
            "hrp_consumer_apply_duration_seconds\\{peer=\"east\",quantile=\"0.5\"} 2\\.0")
        .contains("hrp_consumer_apply_duration_seconds_sum{peer=\"east\"} 8\n")
        .contains("hrp_consumer_apply_duration_seconds_count{peer=\"east\"} 4\n")
        .contains("# TYPE hrp_consumer_heap_used_bytes gauge\n")
        .endsWith("\n");
    assertThat(text.lines().filter(line -> line.startsWith("# TYPE"))).doesNotHaveDuplicates();
  }

  @Test
  void givesTheSameObjectForTheSameSeries() {
    assertThat(metrics.counter(ConsumerMetric.COMMITS, "east", "committed"))
        .isSameAs(metrics.counter(ConsumerMetric.COMMITS, "east", "committed"));
    assertThat(metrics.summary(ConsumerMetric.APPLY_DURATION, "east"))
        .isSameAs(metrics.summary(ConsumerMetric.APPLY_DURATION, "east"));
  }

  @Test
  void replacesAGaugeAndRemovesASeries() {
    metrics.gauge(ConsumerMetric.LAG_RECORDS, () -> 1, "east", "orders", "0");
    metrics.gauge(ConsumerMetric.LAG_RECORDS, () -> 2, "east", "orders", "0");
    assertThat(metrics.prometheusText()).contains("partition=\"0\"} 2\n");

    metrics.remove(ConsumerMetric.LAG_RECORDS, "east", "orders", "0");

    assertThat(metrics.prometheusText()).doesNotContain("hrp_consumer_lag_records");
  }

  @Test
  void refusesAMetricOfAnotherKind() {
    assertThatThrownBy(() -> metrics.counter(ConsumerMetric.LAG_RECORDS, "e", "t", "0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metric 'hrp_consumer_lag_records' is a GAUGE, not a COUNTER");
  }

  @Test
  void sumsTheSeriesOfALabel() {
    metrics.counter(ConsumerMetric.MUTATIONS, "east", "a", "applied").inc(1);
    metrics.counter(ConsumerMetric.MUTATIONS, "east", "b", "applied").inc(2);
    metrics.counter(ConsumerMetric.MUTATIONS, "west", "b", "applied").inc(4);

    assertThat(metrics.total(ConsumerMetric.MUTATIONS, "peer", "east")).isEqualTo(3);
    assertThat(metrics.total(ConsumerMetric.MUTATIONS, "table", "b")).isEqualTo(6);
  }

  @Test
  void showsItsSeriesOverJmx() throws Exception {
    metrics.counter(ConsumerMetric.COMMITS, "east", "committed").inc(3);

    ObjectName name =
        new ObjectName(
            "io.hrp.consumer:type=counters,name=hrp_consumer_commits_total,"
                + "peer=\"east\",outcome=\"committed\"");
    assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Count"))
        .isEqualTo(3L);
  }

  @Test
  void documentationIsUpToDate() {
    GeneratedSection.assertUpToDate("docs/metrics.md", "daemon", MetricsPage.markdown());
  }
}
