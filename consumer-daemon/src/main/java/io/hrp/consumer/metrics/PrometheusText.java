package io.hrp.consumer.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Metric;
import com.codahale.metrics.Snapshot;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes registered metrics in the Prometheus text format, version 0.0.4: the catalogue's order,
 * one HELP and TYPE line for each metric that has a series, series sorted by their labels.
 */
final class PrometheusText {
  private static final double[] QUANTILES = {0.5, 0.75, 0.95, 0.99, 0.999};

  private final StringBuilder text = new StringBuilder(8192);

  private PrometheusText() {}

  static String of(Map<String, Metric> metrics) {
    Map<ConsumerMetric, TreeMap<String, Sample>> byMetric = new EnumMap<>(ConsumerMetric.class);
    metrics.forEach(
        (name, metric) ->
            MetricSeries.parse(name)
                .ifPresent(
                    series ->
                        byMetric
                            .computeIfAbsent(series.metric(), absent -> new TreeMap<>())
                            .put(name, new Sample(series, metric))));
    PrometheusText writer = new PrometheusText();
    byMetric.forEach(writer::family);
    return writer.text.toString();
  }

  private record Sample(MetricSeries series, Metric metric) {}

  private void family(ConsumerMetric metric, Map<String, Sample> samples) {
    String name = metric.metricName();
    text.append("# HELP ").append(name).append(' ');
    text.append(metric.help().replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    text.append("# TYPE ").append(name).append(' ');
    text.append(metric.kind().prometheusType()).append('\n');
    samples.values().forEach(this::series);
  }

  private void series(Sample sample) {
    MetricSeries series = sample.series();
    String name = series.metric().metricName();
    if (sample.metric() instanceof Histogram histogram) {
      summary(series, histogram);
    } else if (sample.metric() instanceof Counter counter) {
      line(name, series, "", (double) counter.getCount());
    } else if (sample.metric() instanceof Gauge<?> gauge
        && gauge.getValue() instanceof Number number) {
      line(name, series, "", number.doubleValue());
    }
  }

  private void summary(MetricSeries series, Histogram histogram) {
    String name = series.metric().metricName();
    double factor = series.metric().unit().summaryFactor();
    Snapshot snapshot = histogram.getSnapshot();
    boolean isEmpty = snapshot.size() == 0;
    for (double quantile : QUANTILES) {
      double value = isEmpty ? Double.NaN : snapshot.getValue(quantile) * factor;
      line(name, series, "quantile=\"" + quantile + "\"", value);
    }
    double sum = snapshot instanceof HistogramSnapshot ours ? ours.lifetimeSum() * factor : 0;
    line(name + "_sum", series, "", sum);
    line(name + "_count", series, "", (double) histogram.getCount());
  }

  private void line(String name, MetricSeries series, String extraLabel, double value) {
    text.append(name);
    List<String> labels = series.metric().labels();
    if (!labels.isEmpty() || !extraLabel.isEmpty()) {
      text.append('{');
      for (int i = 0; i < labels.size(); i++) {
        text.append(i == 0 ? "" : ",").append(labels.get(i)).append("=\"");
        escape(series.labelValues().get(i));
        text.append('"');
      }
      text.append(labels.isEmpty() || extraLabel.isEmpty() ? "" : ",").append(extraLabel);
      text.append('}');
    }
    text.append(' ').append(number(value)).append('\n');
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      switch (each) {
        case '\\' -> text.append("\\\\");
        case '"' -> text.append("\\\"");
        case '\n' -> text.append("\\n");
        default -> text.append(each);
      }
    }
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }
}
