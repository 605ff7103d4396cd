package io.hrp.consumer.metrics;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The daemon's part of {@code docs/metrics.md}, as Markdown. */
public final class MetricsPage {
  private MetricsPage() {}

  public static String markdown() {
    return Arrays.stream(ConsumerMetric.values())
        .map(MetricsPage::row)
        .collect(
            Collectors.joining(
                "\n",
                "| metric | kind | unit | labels | meaning |\n|---|---|---|---|---|\n",
                "\n"));
  }

  private static String row(ConsumerMetric metric) {
    String labels =
        metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            metric.metricName(),
            metric.kind().prometheusType(),
            metric.unit().label(),
            labels,
            metric.help());
  }
}
