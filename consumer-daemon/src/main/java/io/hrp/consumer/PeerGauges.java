package io.hrp.consumer;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.dispatch.PeerLanes;
import io.hrp.consumer.metrics.ConsumerMetric;
import io.hrp.consumer.metrics.ConsumerMetrics;
import io.hrp.consumer.poll.PeerPoll;
import io.hrp.consumer.poll.PollState;
import io.hrp.consumer.status.PartitionSnapshot;
import io.hrp.consumer.status.PeerSnapshot;
import io.hrp.wire.TableId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The gauges of a peer. Those of a partition come and go with it. Belongs to the status thread;
 * gauges are read by others, from snapshots.
 */
final class PeerGauges {
  private record Lag(TableId table, int partition) {}

  private final ConsumerMetrics metrics;
  private final String peer;
  private final PeerPoll poll;
  private final Clock clock = Clock.systemUTC();
  private final Set<Lag> lags = new HashSet<>();
  private final Set<TableId> tables = new HashSet<>();
  private final Set<String> reasons = new HashSet<>();

  PeerGauges(ConsumerMetrics metrics, String peer, PeerPoll poll, PeerLanes lanes) {
    this.metrics = requireNonNull(metrics, "metrics");
    this.peer = requireNonNull(peer, "peer");
    this.poll = requireNonNull(poll, "poll");
    metrics.gauge(ConsumerMetric.APPLY_CALLS_IN_FLIGHT, lanes::callsInFlight, peer);
    metrics.gauge(ConsumerMetric.IN_FLIGHT_BYTES, () -> lanes.budget().heldBytes(), peer);
    metrics.gauge(ConsumerMetric.IN_FLIGHT_LIMIT_BYTES, () -> lanes.budget().maxBytes(), peer);
    metrics.gauge(ConsumerMetric.IN_FLIGHT_RECORDS, () -> poll.snapshot().heldRecords(), peer);
    metrics.gauge(
        ConsumerMetric.PARTITIONS_ASSIGNED, () -> poll.snapshot().partitions().size(), peer);
    metrics.gauge(
        ConsumerMetric.PEER_RUNNING, () -> poll.state() == PollState.RUNNING ? 1 : 0, peer);
  }

  /** Makes gauges for what is new and takes away those of what is gone. */
  void update(PeerSnapshot snapshot) {
    Set<Lag> nowLags = new HashSet<>();
    Set<TableId> nowTables = new HashSet<>();
    for (PartitionSnapshot partition : snapshot.partitions()) {
      nowLags.add(new Lag(partition.table(), partition.partition()));
      nowTables.add(partition.table());
      partition.cause().ifPresent(cause -> addReason(cause.label()));
    }
    for (Lag lag : Set.copyOf(lags)) {
      if (!nowLags.contains(lag)) {
        lags.remove(lag);
        metrics.remove(
            ConsumerMetric.LAG_RECORDS,
            peer,
            lag.table().qualifiedName(),
            Integer.toString(lag.partition()));
      }
    }
    for (TableId table : Set.copyOf(tables)) {
      if (!nowTables.contains(table)) {
        tables.remove(table);
        metrics.remove(ConsumerMetric.REPLICATION_DELAY, peer, table.qualifiedName());
      }
    }
    nowLags.forEach(this::addLag);
    nowTables.forEach(this::addDelay);
  }

  private void addReason(String reason) {
    if (reasons.add(reason)) {
      metrics.gauge(ConsumerMetric.PARTITIONS_PAUSED, () -> paused(reason), peer, reason);
    }
  }

  private void addLag(Lag lag) {
    if (lags.add(lag)) {
      metrics.gauge(
          ConsumerMetric.LAG_RECORDS,
          () -> lagOf(lag),
          peer,
          lag.table().qualifiedName(),
          Integer.toString(lag.partition()));
    }
  }

  private void addDelay(TableId table) {
    if (tables.add(table)) {
      metrics.gauge(
          ConsumerMetric.REPLICATION_DELAY, () -> delayOf(table), peer, table.qualifiedName());
    }
  }

  private double paused(String reason) {
    return poll.snapshot().partitions().stream()
        .filter(each -> each.cause().filter(cause -> cause.label().equals(reason)).isPresent())
        .count();
  }

  private double lagOf(Lag lag) {
    return poll.snapshot().partitions().stream()
        .filter(each -> each.table().equals(lag.table()) && each.partition() == lag.partition())
        .mapToLong(PartitionSnapshot::lagRecords)
        .findFirst()
        .orElse(-1);
  }

  /** Counted up to now, so that it grows while nothing moves. */
  private double delayOf(TableId table) {
    Instant now = clock.instant();
    List<PartitionSnapshot> partitions = poll.snapshot().partitions();
    Map<TableId, Instant> oldest = new HashMap<>();
    for (PartitionSnapshot partition : partitions) {
      Optional<Instant> at = partition.oldestUnapplied();
      if (partition.table().equals(table) && at.isPresent()) {
        oldest.merge(table, at.get(), (a, b) -> a.isBefore(b) ? a : b);
      }
    }
    Instant first = oldest.get(table);
    return first == null ? 0 : Math.max(0, Duration.between(first, now).toMillis() / 1000.0);
  }
}
