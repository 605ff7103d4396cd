package io.hrp.consumer.metrics;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One metric with values for its labels, and the name it goes by in a registry that knows no
 * labels: {@code name{label=value,…}}. The characters that structure this name are escaped in
 * values with a backslash, so that the form can always be read back.
 */
record MetricSeries(ConsumerMetric metric, List<String> labelValues) {
  private static final Map<String, ConsumerMetric> BY_NAME =
      Arrays.stream(ConsumerMetric.values())
          .collect(Collectors.toUnmodifiableMap(ConsumerMetric::metricName, Function.identity()));

  MetricSeries {
    requireNonNull(metric, "metric");
    labelValues = List.copyOf(labelValues);
    if (labelValues.size() != metric.labels().size()) {
      throw new IllegalArgumentException(
          "metric '"
              + metric.metricName()
              + "' has the labels "
              + metric.labels()
              + ", got the values "
              + labelValues);
    }
  }

  String registryName() {
    if (labelValues.isEmpty()) {
      return metric.metricName();
    }
    StringBuilder name = new StringBuilder(metric.metricName()).append('{');
    for (int i = 0; i < labelValues.size(); i++) {
      if (i > 0) {
        name.append(',');
      }
      name.append(metric.labels().get(i)).append('=');
      escape(labelValues.get(i), name);
    }
    return name.append('}').toString();
  }

  /** Reads a registry name back; empty if it is not one of the catalogue's. */
  static Optional<MetricSeries> parse(String registryName) {
    int brace = registryName.indexOf('{');
    ConsumerMetric metric =
        BY_NAME.get(brace < 0 ? registryName : registryName.substring(0, brace));
    if (metric == null) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    int at = brace < 0 ? registryName.length() : brace + 1;
    StringBuilder value = new StringBuilder();
    while (at < registryName.length()) {
      at = registryName.indexOf('=', at) + 1;
      if (at == 0) {
        return Optional.empty();
      }
      value.setLength(0);
      at = unescape(registryName, at, value);
      values.add(value.toString());
    }
    return values.size() == metric.labels().size()
        ? Optional.of(new MetricSeries(metric, values))
        : Optional.empty();
  }

  private static void escape(String value, StringBuilder into) {
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (each == '\\' || each == ',' || each == '}') {
        into.append('\\');
      }
      into.append(each);
    }
  }

  /** Appends the value that starts at {@code from}; returns where the next label starts. */
  private static int unescape(String text, int from, StringBuilder into) {
    int at = from;
    while (at < text.length()) {
      char each = text.charAt(at);
      if (each == ',') {
        return at + 1;
      }
      if (each == '}') {
        return text.length();
      }
      if (each == '\\' && at + 1 < text.length()) {
        at++;
        each = text.charAt(at);
      }
      into.append(each);
      at++;
    }
    return at;
  }
}
