package io.hrp.producer;

import com.codahale.metrics.MetricRegistry;
import io.hrp.control.ControlReader;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.internal.limit.InFlightLimit;
import io.hrp.producer.internal.route.TopicInspector;
import io.hrp.producer.internal.send.RecordSender;
import io.hrp.producer.internal.stamp.RowStripes;
import io.hrp.producer.metrics.PublisherGauges;
import io.hrp.producer.metrics.TableMetrics;

/** The parts of one publisher, built in the order in which they need each other. Immutable. */
final class PublisherParts {
  private final Tables tables;
  private final HandOver handOver;
  private final Outcomes outcomes;
  private final PublisherState state = new PublisherState();
  private final InFlightLimit limit;
  private final MetricRegistry metrics;
  private final RecordSender sender;
  private final PublisherGauges gauges;

  /** The edges of a publisher, which tests replace. */
  static final class Edges {
    private final RecordSender sender;
    private final ControlReader control;
    private final TopicInspector inspector;

    Edges(RecordSender sender, ControlReader control, TopicInspector inspector) {
      this.sender = sender;
      this.control = control;
      this.inspector = inspector;
    }
  }

  PublisherParts(PublisherOptions options, Edges edges, Waiting waiting, int maxRequestSize) {
    sender = edges.sender;
    limit =
        new InFlightLimit(options.maxInFlightBytes(), options.maxInFlightRecords(), waiting::nanos);
    outcomes =
        new Outcomes(
            limit, waiting::nanos, waiting.watch(), options.completionExecutor(), this::endForGood);
    metrics = options.metrics();
    gauges = new PublisherGauges(metrics, limit::records, limit::bytes, waiting.watch()::skewMs);
    tables =
        new Tables(
            edges.control,
            edges.inspector,
            table -> new TableMetrics(metrics, table.qualifiedName(), waiting::nanos),
            waiting::nanos,
            waiting.maxBlock(),
            maxRequestSize);
    handOver =
        new HandOver(
            table -> tables.routeOf(table, () -> !outcomes.isCallbackThread()),
            waiting,
            StampRules.of(options),
            new RowStripes(options.maxAhead().toMillis()),
            limit,
            sender,
            outcomes,
            state);
  }

  Tables tables() {
    return tables;
  }

  HandOver handOver() {
    return handOver;
  }

  Outcomes outcomes() {
    return outcomes;
  }

  PublisherState state() {
    return state;
  }

  InFlightLimit limit() {
    return limit;
  }

  RecordSender sender() {
    return sender;
  }

  MetricRegistry metrics() {
    return metrics;
  }

  PublisherGauges gauges() {
    return gauges;
  }

  private void endForGood(Throwable cause) {
    if (state.fail(cause)) {
      limit.close();
      sender.abandon();
    }
  }
}
