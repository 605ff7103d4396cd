package io.hrp.producer.metrics;

import java.util.List;

/** Every metric the producer library registers. The reference page is generated from it. */
public enum ProducerMetric {
  MUTATIONS_PUBLISHED(
      "hrp_producer_mutations_published_total",
      Kind.COUNTER,
      "mutations",
      "Mutations acknowledged by every in-sync replica.",
      "table"),
  MUTATIONS_FAILED(
      "hrp_producer_mutations_failed_total",
      Kind.COUNTER,
      "mutations",
      "Mutations handed to Kafka and not acknowledged; outcome is not_written or unknown.",
      "table",
      "outcome"),
  MUTATIONS_REFUSED(
      "hrp_producer_mutations_refused_total",
      Kind.COUNTER,
      "mutations",
      "Mutations and calls refused before anything was sent, by reason.",
      "table",
      "reason"),
  PUBLISHED_BYTES(
      "hrp_producer_published_bytes_total",
      Kind.COUNTER,
      "bytes",
      "Bytes of row and message of the acknowledged mutations, before compression.",
      "table"),
  SEND_DURATION(
      "hrp_producer_send_duration_seconds",
      Kind.TIMER,
      "seconds",
      "Time from hand-over to Kafka to the outcome, for a sample of the mutations.",
      "table"),
  CLOCK_BUMPS(
      "hrp_producer_clock_bumps_total",
      Kind.COUNTER,
      "mutations",
      "Mutations whose timestamp lies ahead of the clock, because their row was written within the same millisecond.",
      "table"),
  CLOCK_SKEW(
      "hrp_producer_clock_skew_seconds",
      Kind.GAUGE,
      "seconds",
      "How far this machine's clock is ahead of the brokers', negative if behind, as far as is known: 0 until"
          + " acknowledgements or a jump of the clock say otherwise."),
  LOCAL_WRITES(
      "hrp_producer_local_writes_total",
      Kind.COUNTER,
      "mutations",
      "Mutations that the drop-in connection gave to the local cluster: applied there and published, failed"
          + " there, or unpublished, applied there alone because the topic is closed with the policy direct"
          + " or Kafka did not take the outcome of a call that runs locally first.",
      "table",
      "outcome"),
  IN_FLIGHT_RECORDS(
      "hrp_producer_in_flight_records",
      Kind.GAUGE,
      "records",
      "Records that have room reserved and no outcome yet."),
  IN_FLIGHT_BYTES(
      "hrp_producer_in_flight_bytes",
      Kind.GAUGE,
      "bytes",
      "Bytes of row and message of the records in flight, before compression.");

  /** The kind of a metric, in the terms of the registry. */
  public enum Kind {
    COUNTER,
    GAUGE,
    /** A distribution recorded in nanoseconds, which reporters turn into their own unit. */
    TIMER
  }

  private final String metricName;
  private final Kind kind;
  private final String unit;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which is immutable
  private final List<String> labels;

  ProducerMetric(String metricName, Kind kind, String unit, String help, String... labels) {
    this.metricName = metricName;
    this.kind = kind;
    this.unit = unit;
    this.help = help;
    this.labels = List.of(labels);
  }

  public String metricName() {
    return metricName;
  }

  public Kind kind() {
    return kind;
  }

  public String unit() {
    return unit;
  }

  public String help() {
    return help;
  }

  /** Names of the labels, in the order in which they stand in the registry's name. */
  public List<String> labels() {
    return labels;
  }

  /**
   * The name in the registry: {@code name{label=value,...}}.
   *
   * @throws IllegalArgumentException unless there is one value for each label
   */
  public String registryName(String... values) {
    if (values.length != labels.size()) {
      throw new IllegalArgumentException(
          "metric '"
              + metricName
              + "' has the labels "
              + labels
              + ", got "
              + values.length
              + " values");
    }
    if (values.length == 0) {
      return metricName;
    }
    StringBuilder name = new StringBuilder(metricName).append('{');
    for (int i = 0; i < values.length; i++) {
      name.append(i == 0 ? "" : ",").append(labels.get(i)).append('=').append(values[i]);
    }
    return name.append('}').toString();
  }
}
