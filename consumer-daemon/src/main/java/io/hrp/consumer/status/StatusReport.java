package io.hrp.consumer.status;

import static java.util.Objects.requireNonNull;

import io.hrp.control.Condition;
import io.hrp.control.OutcomeCounts;
import io.hrp.control.PartitionStatus;
import io.hrp.control.PeerStatus;
import io.hrp.control.RunState;
import io.hrp.control.TableStatus;
import io.hrp.wire.TableId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes a peer's status out of a snapshot. It keeps the totals of the last few seconds, from which
 * rates are computed. Not safe for concurrent use: one thread reports.
 */
public final class StatusReport {
  /**
   * Rates are over about this long: some reports, so that one slow call does not show as a stop.
   */
  private static final long RATE_NANOS = 6_000_000_000L;

  private record Sample(long nanos, OutcomeCounts totals) {}

  private final String peer;
  private final Map<TableId, ArrayDeque<Sample>> samples = new HashMap<>();

  public StatusReport(String peer) {
    this.peer = requireNonNull(peer, "peer");
  }

  /**
   * Describes the peer.
   *
   * @param own the condition of its poll thread
   * @param totals of a table since the daemon started
   * @param nowNanos on any monotonic clock
   */
  public PeerStatus describe(
      PeerSnapshot snapshot,
      Condition own,
      Function<TableId, OutcomeCounts> totals,
      long nowNanos) {
    Map<TableId, List<PartitionSnapshot>> tables = new TreeMap<>();
    for (PartitionSnapshot partition : snapshot.partitions()) {
      tables.computeIfAbsent(partition.table(), table -> new ArrayList<>()).add(partition);
    }
    samples.keySet().retainAll(tables.keySet());
    List<TableStatus> statuses = new ArrayList<>();
    tables.forEach(
        (table, partitions) ->
            statuses.add(table(table, partitions, totals.apply(table), nowNanos)));
    return PeerStatus.of(peer, conditionOf(own, snapshot), statuses);
  }

  /** A peer of which every partition misses the target is itself out of reach. */
  private static Condition conditionOf(Condition own, PeerSnapshot snapshot) {
    if (own.state() != RunState.RUNNING || snapshot.partitions().isEmpty()) {
      return own;
    }
    for (PartitionSnapshot partition : snapshot.partitions()) {
      if (partition.cause().isEmpty()
          || partition.cause().get().reason() != PauseReason.TARGET_UNAVAILABLE) {
        return own;
      }
    }
    return condition(snapshot.partitions().get(0));
  }

  private TableStatus table(
      TableId table, List<PartitionSnapshot> partitions, OutcomeCounts totals, long nowNanos) {
    partitions.sort(Comparator.comparingInt(PartitionSnapshot::partition));
    Condition worst = Condition.of(RunState.RUNNING);
    List<Integer> assigned = new ArrayList<>();
    List<PartitionStatus> troubled = new ArrayList<>();
    long lag = 0;
    Optional<Instant> oldest = Optional.empty();
    for (PartitionSnapshot partition : partitions) {
      Condition condition = condition(partition);
      assigned.add(partition.partition());
      if (weight(condition.state()) > weight(worst.state())) {
        worst = condition;
      }
      if (condition.state() != RunState.RUNNING) {
        troubled.add(
            PartitionStatus.of(
                partition.partition(),
                condition,
                partition.lowestUnfinished(),
                partition.lagRecords()));
      }
      lag = lag < 0 || partition.lagRecords() < 0 ? -1 : lag + partition.lagRecords();
      oldest = earlier(oldest, partition.oldestUnapplied());
    }
    TableStatus.Builder status =
        TableStatus.of(table, worst)
            .assigned(assigned)
            .lagRecords(lag)
            .totals(totals)
            .troubled(troubled);
    oldest.ifPresent(status::oldestUnapplied);
    rate(table, totals, nowNanos, status);
    return status.build();
  }

  private void rate(
      TableId table, OutcomeCounts totals, long nowNanos, TableStatus.Builder status) {
    ArrayDeque<Sample> seen = samples.computeIfAbsent(table, each -> new ArrayDeque<>());
    seen.addLast(new Sample(nowNanos, totals));
    while (seen.size() > 2 && nowNanos - seen.getFirst().nanos() > RATE_NANOS) {
      seen.removeFirst();
    }
    Sample first = seen.getFirst();
    double seconds = (nowNanos - first.nanos()) / 1e9;
    if (seconds > 0) {
      status.appliedPerSecond((totals.applied() - first.totals().applied()) / seconds);
      status.discardedPerSecond((totals.discarded() - first.totals().discarded()) / seconds);
    }
  }

  /** What a partition's weightiest reason means to whoever looks from outside. */
  static Condition condition(PartitionSnapshot partition) {
    if (partition.cause().isEmpty()) {
      return Condition.of(RunState.RUNNING);
    }
    PartitionSnapshot.Cause cause = partition.cause().get();
    RunState state =
        switch (cause.reason()) {
          // Full buffers are how a busy peer looks when it is well.
          case MEMORY, PROBING -> RunState.RUNNING;
          case OPERATOR -> RunState.PAUSED;
          case STARTING, CONTROL_UNKNOWN -> RunState.STARTING;
          case STOPPING -> RunState.STOPPING;
          default -> cause.reason().isOperators() ? RunState.PARKED : RunState.WAITING;
        };
    return state == RunState.RUNNING
        ? Condition.of(state)
        : Condition.of(state, cause.label(), cause.message(), cause.since());
  }

  private static int weight(RunState state) {
    return switch (state) {
      case PARKED -> 5;
      case PAUSED -> 4;
      case WAITING -> 3;
      case STARTING -> 2;
      case STOPPING, STOPPED -> 1;
      case RUNNING, UNKNOWN -> 0;
    };
  }

  private static Optional<Instant> earlier(Optional<Instant> a, Optional<Instant> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.or(() -> b);
    }
    return a.get().isBefore(b.get()) ? a : b;
  }
}
