package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.status.PauseReason;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes partitions in and lets them go.
 *
 * <p>In: a partition starts paused, at a position of no meaning, so that the consumer never asks
 * for one on its own; {@link Openings} gives it the real one.
 *
 * <p>Out: stop the intake, drop what is not in flight, wait for what is, commit, forget. The wait
 * is bounded and holds no lock, and takes up completions itself. What does not come back in time
 * stays uncommitted: its next owner applies it again, which changes nothing.
 *
 * <p>Lost: somebody else owns it already, so nothing is waited for and nothing committed.
 *
 * <p>Called by the consumer within {@code poll} and {@code close}: belongs to the poll thread.
 */
final class Rebalances implements ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(Rebalances.class);

  /** How long to look away while calls return. */
  private static final long LOOK_AWAY_NANOS = 1_000_000;

  private final Consumer<byte[], byte[]> consumer;
  private final Assignment assignment;
  private final Openings openings;
  private final Commits commits;
  private final Runnable takeUpReports;
  private final PollObserver observer;
  private final LongSupplier nanos;
  private final Clock clock;
  private final BooleanSupplier hurries;
  private final Duration timeout;

  Rebalances(
      PollStep.Parts parts,
      Assignment assignment,
      Openings openings,
      Commits commits,
      Runnable takeUpReports,
      BooleanSupplier hurries) {
    this.hurries = requireNonNull(hurries, "hurries");
    this.consumer = parts.consumer();
    this.observer = parts.observer();
    this.nanos = parts.nanos();
    this.clock = parts.clock();
    this.timeout = parts.settings().revokeTimeout();
    this.assignment = requireNonNull(assignment, "assignment");
    this.openings = requireNonNull(openings, "openings");
    this.commits = requireNonNull(commits, "commits");
    this.takeUpReports = requireNonNull(takeUpReports, "takeUpReports");
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    log.info("partitions assigned; partitions={}", partitions);
    observer.rebalanced(PollObserver.Change.ASSIGNED, partitions.size());
    consumer.pause(partitions);
    for (TopicPartition partition : partitions) {
      consumer.seek(partition, 0);
      Optional<TableId> table = TopicNames.tableOfDataTopic(partition.topic());
      if (table.isEmpty()) {
        log.warn(
            "topic '{}' is named like a table's but is none: it is not read", partition.topic());
        continue;
      }
      PartitionWork work = new PartitionWork(partition, table.get());
      work.pause(PauseReason.STARTING, "newly assigned", Optional.empty(), clock.instant());
      assignment.add(work);
      openings.await(work);
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    List<PartitionWork> works = assignment.of(partitions);
    if (works.isEmpty()) {
      return;
    }
    long started = nanos.getAsLong();
    observer.rebalanced(PollObserver.Change.REVOKED, works.size());
    stop(works);
    boolean quiet = awaitQuiet(works, started);
    takeUpReports.run();
    long left = Math.max(timeout.toNanos() / 4, timeout.toNanos() - (nanos.getAsLong() - started));
    commits.commitNow(works, Duration.ofNanos(left));
    assignment.remove(partitions);
    log.info(
        "partitions revoked; partitions={} callsReturned={} durationMs={}",
        partitions,
        quiet,
        (nanos.getAsLong() - started) / 1_000_000);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    List<PartitionWork> works = assignment.remove(partitions);
    if (works.isEmpty()) {
      return;
    }
    observer.rebalanced(PollObserver.Change.LOST, works.size());
    stop(works);
    log.warn(
        "partitions lost: another daemon owns them, nothing is committed; partitions={}",
        partitions);
  }

  private static void stop(List<PartitionWork> works) {
    for (PartitionWork work : works) {
      if (work.isOpen()) {
        work.lanes().stop();
        work.setRuns(false);
      }
    }
  }

  private boolean awaitQuiet(List<PartitionWork> works, long started) {
    while (works.stream().anyMatch(work -> work.isOpen() && !work.lanes().isQuiet())) {
      if (hurries.getAsBoolean() || nanos.getAsLong() - started >= timeout.toNanos()) {
        return false;
      }
      takeUpReports.run();
      LockSupport.parkNanos(LOOK_AWAY_NANOS);
    }
    return true;
  }
}
