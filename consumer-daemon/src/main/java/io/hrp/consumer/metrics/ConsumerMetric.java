package io.hrp.consumer.metrics;

import static io.hrp.consumer.metrics.MetricKind.COUNTER;
import static io.hrp.consumer.metrics.MetricKind.GAUGE;
import static io.hrp.consumer.metrics.MetricKind.SUMMARY;
import static io.hrp.consumer.metrics.MetricUnit.BOOLEAN;
import static io.hrp.consumer.metrics.MetricUnit.BYTES;
import static io.hrp.consumer.metrics.MetricUnit.COUNT;
import static io.hrp.consumer.metrics.MetricUnit.SECONDS;

import java.util.List;

/** Every metric of the daemon. The documentation page is generated from this list. */
public enum ConsumerMetric {
  RECORDS_POLLED(
      COUNTER,
      COUNT,
      "hrp_consumer_records_polled_total",
      "Records fetched from the table's topic, those fetched again after a rewind included.",
      "peer",
      "table"),
  MUTATIONS(
      COUNTER,
      COUNT,
      "hrp_consumer_mutations_applied_total",
      "Records that are done with, by outcome: applied, looped (came from this peer),"
          + " discarded (by an operator), dead-lettered.",
      "peer",
      "table",
      "outcome"),
  APPLY_FAILURES(
      COUNTER,
      COUNT,
      "hrp_consumer_apply_failures_total",
      "Mutations that failed in an attempt, by reason; each attempt counts.",
      "peer",
      "table",
      "reason"),
  APPLY_DURATION(
      SUMMARY,
      SECONDS,
      "hrp_consumer_apply_duration_seconds",
      "Time from handing a call to the target's client to the last outcome of it.",
      "peer"),
  APPLY_CALL_MUTATIONS(
      SUMMARY,
      COUNT,
      "hrp_consumer_apply_call_mutations",
      "Mutations in one call to the target.",
      "peer"),
  APPLY_CALLS_IN_FLIGHT(
      GAUGE,
      COUNT,
      "hrp_consumer_apply_calls_in_flight",
      "Calls to the target that have no answer yet.",
      "peer"),
  IN_FLIGHT_RECORDS(
      GAUGE,
      COUNT,
      "hrp_consumer_in_flight_records",
      "Records fetched and not yet done with.",
      "peer"),
  IN_FLIGHT_BYTES(
      GAUGE,
      BYTES,
      "hrp_consumer_in_flight_bytes",
      "Bytes of records fetched and not yet done with.",
      "peer"),
  IN_FLIGHT_LIMIT_BYTES(
      GAUGE,
      BYTES,
      "hrp_consumer_in_flight_limit_bytes",
      "Above this many bytes in flight the peer's partitions are paused.",
      "peer"),
  LAG_RECORDS(
      GAUGE,
      COUNT,
      "hrp_consumer_lag_records",
      "Records between the committed offset and the end of the partition.",
      "peer",
      "table",
      "partition"),
  REPLICATION_DELAY(
      GAUGE,
      SECONDS,
      "hrp_consumer_replication_delay_seconds",
      "Age of the table's oldest record that is not done with, by broker time; 0 if there is none.",
      "peer",
      "table"),
  PARTITIONS_ASSIGNED(
      GAUGE,
      COUNT,
      "hrp_consumer_partitions_assigned",
      "Partitions this daemon owns for the peer.",
      "peer"),
  PARTITIONS_PAUSED(
      GAUGE,
      COUNT,
      "hrp_consumer_partitions_paused",
      "Partitions that wait, by the reason they wait for.",
      "peer",
      "reason"),
  PEER_RUNNING(
      GAUGE,
      BOOLEAN,
      "hrp_consumer_peer_running",
      "Whether the peer's poll thread runs and is a member of its group.",
      "peer"),
  POLL_INTERVAL(
      SUMMARY,
      SECONDS,
      "hrp_consumer_poll_interval_seconds",
      "Time from one poll to the next; it must stay far below max.poll.interval.ms.",
      "peer"),
  COMMITS(
      COUNTER,
      COUNT,
      "hrp_consumer_commits_total",
      "Commits of offsets, by outcome: committed, failed.",
      "peer",
      "outcome"),
  COMMIT_DURATION(
      SUMMARY,
      SECONDS,
      "hrp_consumer_commit_duration_seconds",
      "Time from sending a commit to the broker's answer.",
      "peer"),
  REBALANCES(
      COUNTER,
      COUNT,
      "hrp_consumer_rebalances_total",
      "Changes of the assignment, by outcome: assigned, revoked, lost.",
      "peer",
      "outcome"),
  DEAD_LETTER_RECORDS(
      COUNTER,
      COUNT,
      "hrp_consumer_dead_letter_records_total",
      "Records put aside and acknowledged, by reason.",
      "peer",
      "table",
      "reason"),
  DEAD_LETTER_FAILURES(
      COUNTER,
      COUNT,
      "hrp_consumer_dead_letter_failures_total",
      "Attempts to put a record aside that failed, by reason: unavailable, too-large.",
      "peer",
      "table",
      "reason"),
  CONTROL_AGE(
      GAUGE,
      SECONDS,
      "hrp_consumer_control_age_seconds",
      "Time since hrp-control was last read to its end."),
  CONTROL_OFFSET(
      GAUGE,
      COUNT,
      "hrp_consumer_control_offset",
      "Offset of the last record of hrp-control taken up, -1 if none."),
  FAULTS(
      COUNTER,
      COUNT,
      "hrp_consumer_faults_total",
      "Exceptions that reached the outermost loop of a thread: each one is a defect to report."),
  HEAP_USED(GAUGE, BYTES, "hrp_consumer_heap_used_bytes", "Heap in use."),
  HEAP_MAX(GAUGE, BYTES, "hrp_consumer_heap_max_bytes", "The most the heap may grow to."),
  GC_PAUSES(
      COUNTER,
      SECONDS,
      "hrp_consumer_gc_seconds_total",
      "Time spent in garbage collections since the start."),
  THREADS(GAUGE, COUNT, "hrp_consumer_threads", "Live threads of the process."),
  STARTED(
      GAUGE,
      SECONDS,
      "hrp_consumer_start_time_seconds",
      "When the process started, in seconds since 1970.");

  private final MetricKind kind;
  private final MetricUnit unit;
  private final String metricName;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> labels;

  ConsumerMetric(
      MetricKind kind, MetricUnit unit, String metricName, String help, String... labels) {
    this.kind = kind;
    this.unit = unit;
    this.metricName = metricName;
    this.help = help;
    this.labels = List.of(labels);
  }

  public MetricKind kind() {
    return kind;
  }

  public MetricUnit unit() {
    return unit;
  }

  public String metricName() {
    return metricName;
  }

  /** One sentence or two, without line breaks. */
  public String help() {
    return help;
  }

  /** The names of the labels, in the order in which values are given. */
  public List<String> labels() {
    return labels;
  }
}
