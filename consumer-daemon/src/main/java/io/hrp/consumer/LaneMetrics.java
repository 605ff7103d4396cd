package io.hrp.consumer;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Histogram;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.dispatch.LaneObserver;
import io.hrp.consumer.metrics.ConsumerMetric;
import io.hrp.consumer.metrics.ConsumerMetrics;
import io.hrp.wire.TableId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a peer's lanes do. Safe for use by any thread. */
final class LaneMetrics implements LaneObserver {
  private static final Logger log = LoggerFactory.getLogger(LaneMetrics.class);

  private record Series(Counter applied, Counter looped, Counter discarded, Counter deadLettered) {}

  private final ConsumerMetrics metrics;
  private final String peer;
  private final Histogram callDuration;
  private final Histogram callMutations;
  private final Map<TableId, Series> tables = new ConcurrentHashMap<>();

  LaneMetrics(ConsumerMetrics metrics, String peer) {
    this.metrics = requireNonNull(metrics, "metrics");
    this.peer = requireNonNull(peer, "peer");
    this.callDuration = metrics.summary(ConsumerMetric.APPLY_DURATION, peer);
    this.callMutations = metrics.summary(ConsumerMetric.APPLY_CALL_MUTATIONS, peer);
  }

  @Override
  public void called(TableId table, int mutations, long bytes, long durationNanos) {
    callDuration.update(durationNanos);
    callMutations.update(mutations);
  }

  @Override
  public void applied(
      TableId table, int mutations, long bytes, long oldestTimestampMs, long newestTimestampMs) {
    of(table).applied().inc(mutations);
  }

  @Override
  public void looped(TableId table, int mutations) {
    of(table).looped().inc(mutations);
  }

  @Override
  public void discarded(TableId table, int records) {
    of(table).discarded().inc(records);
  }

  @Override
  public void deadLettered(TableId table, FailureReason reason) {
    of(table).deadLettered().inc();
    metrics
        .counter(ConsumerMetric.DEAD_LETTER_RECORDS, peer, table.qualifiedName(), reason.label())
        .inc();
  }

  @Override
  public void deadLetterFailed(TableId table, String reason) {
    metrics.counter(ConsumerMetric.DEAD_LETTER_FAILURES, peer, table.qualifiedName(), reason).inc();
  }

  @Override
  public void faulted(TableId table, Throwable fault) {
    metrics.counter(ConsumerMetric.FAULTS).inc();
    log.error("a lane failed, its partition tries again; table={} peer={}", table, peer, fault);
  }

  @Override
  public void failed(TableId table, FailureReason reason, int mutations) {
    metrics
        .counter(ConsumerMetric.APPLY_FAILURES, peer, table.qualifiedName(), reason.label())
        .inc(mutations);
  }

  private Series of(TableId table) {
    return tables.computeIfAbsent(
        table,
        each ->
            new Series(
                outcome(each, "applied"),
                outcome(each, "looped"),
                outcome(each, "discarded"),
                outcome(each, "dead-lettered")));
  }

  private Counter outcome(TableId table, String outcome) {
    return metrics.counter(ConsumerMetric.MUTATIONS, peer, table.qualifiedName(), outcome);
  }
}
