package io.hrp.consumer;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.Histogram;
import io.hrp.consumer.metrics.ConsumerMetric;
import io.hrp.consumer.metrics.ConsumerMetrics;
import io.hrp.consumer.poll.PollObserver;
import io.hrp.wire.TableId;
import java.util.Locale;

/** Counts what a peer's poll thread does. */
final class PollMetrics implements PollObserver {
  private final ConsumerMetrics metrics;
  private final String peer;
  private final Histogram pollInterval;
  private final Histogram commitDuration;

  PollMetrics(ConsumerMetrics metrics, String peer) {
    this.metrics = requireNonNull(metrics, "metrics");
    this.peer = requireNonNull(peer, "peer");
    this.pollInterval = metrics.summary(ConsumerMetric.POLL_INTERVAL, peer);
    this.commitDuration = metrics.summary(ConsumerMetric.COMMIT_DURATION, peer);
  }

  @Override
  public void polled(TableId table, int records) {
    metrics.counter(ConsumerMetric.RECORDS_POLLED, peer, table.qualifiedName()).inc(records);
  }

  @Override
  public void polledAfter(long nanos) {
    pollInterval.update(nanos);
  }

  @Override
  public void committed(boolean isSuccess, long durationNanos) {
    metrics.counter(ConsumerMetric.COMMITS, peer, isSuccess ? "committed" : "failed").inc();
    commitDuration.update(durationNanos);
  }

  @Override
  public void rebalanced(Change change, int partitions) {
    metrics.counter(ConsumerMetric.REBALANCES, peer, change.name().toLowerCase(Locale.ROOT)).inc();
  }
}
