package io.hrp.consumer.metrics;

/** What a metric's number counts. */
public enum MetricUnit {
  /** Things; the metric's name says which. */
  COUNT("count", 1),
  BYTES("bytes", 1),
  /** Summaries are fed with nanoseconds and read in seconds; gauges give seconds. */
  SECONDS("seconds", 1e-9),
  /** 0 or 1. */
  BOOLEAN("0 or 1", 1);

  private final String label;
  private final double summaryFactor;

  MetricUnit(String label, double summaryFactor) {
    this.label = label;
    this.summaryFactor = summaryFactor;
  }

  String label() {
    return label;
  }

  /** From what a summary is fed with to what it shows. */
  double summaryFactor() {
    return summaryFactor;
  }
}
