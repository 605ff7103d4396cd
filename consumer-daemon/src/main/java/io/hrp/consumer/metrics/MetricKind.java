package io.hrp.consumer.metrics;

/** How a metric behaves, in the words of the Prometheus text format. */
public enum MetricKind {
  /** Only ever grows while the process lives. */
  COUNTER("counter"),
  GAUGE("gauge"),
  /** Count, sum and quantiles over the last minute. */
  SUMMARY("summary");

  private final String prometheusType;

  MetricKind(String prometheusType) {
    this.prometheusType = prometheusType;
  }

  String prometheusType() {
    return prometheusType;
  }
}
