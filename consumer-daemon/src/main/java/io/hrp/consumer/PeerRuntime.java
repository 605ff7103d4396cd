package io.hrp.consumer;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.MutationApplier;
import io.hrp.consumer.config.DaemonSettings;
import io.hrp.consumer.config.GroupProtocol;
import io.hrp.consumer.deadletter.DeadLetterSink;
import io.hrp.consumer.dispatch.ByteBudget;
import io.hrp.consumer.dispatch.LaneThreads;
import io.hrp.consumer.dispatch.PeerLanes;
import io.hrp.consumer.dispatch.PeerPace;
import io.hrp.consumer.dispatch.TableCounts;
import io.hrp.consumer.metrics.ConsumerMetric;
import io.hrp.consumer.metrics.ConsumerMetrics;
import io.hrp.consumer.poll.PeerPoll;
import io.hrp.consumer.poll.PeerPolls;
import io.hrp.consumer.poll.PollSettings;
import io.hrp.consumer.poll.PollState;
import io.hrp.consumer.poll.StopMode;
import io.hrp.consumer.retry.RetryPolicy;
import io.hrp.consumer.status.PeerSnapshot;
import io.hrp.consumer.status.StatusReport;
import io.hrp.control.Condition;
import io.hrp.control.ControlReader;
import io.hrp.control.ControlUpdater;
import io.hrp.control.OutcomeCounts;
import io.hrp.control.PeerStatus;
import io.hrp.control.RunState;
import io.hrp.control.config.PeerSettings;
import io.hrp.wire.TableId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/** Everything that serves one peer: its target, its lanes, its poll thread. */
final class PeerRuntime {
  /** Two: decoding is cheap, and a lane never waits on its worker. */
  private static final int LANE_THREADS = 2;

  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(5);

  /** What all peers of the daemon share. */
  record Shared(
      DaemonSettings settings,
      ControlReader control,
      ControlUpdater updater,
      DeadLetterSink deadLetters,
      ConsumerMetrics metrics,
      StopRequest stop) {}

  private final String peer;
  private final Shared shared;
  private final MutationApplier applier;
  private final LaneThreads laneThreads;
  private final PeerLanes lanes;
  private final PeerPolls polls;
  private final PeerPoll poll;
  private final StatusReport report;
  private final PeerGauges gauges;

  PeerRuntime(PeerSettings settings, MutationApplier applier, Shared shared) {
    this.peer = settings.name();
    this.shared = requireNonNull(shared, "shared");
    this.applier = requireNonNull(applier, "applier");
    this.laneThreads = new LaneThreads(peer, LANE_THREADS);
    AtomicReference<PeerPoll> pollOfBudget = new AtomicReference<>();
    this.lanes = lanes(pollOfBudget);
    this.polls = polls(settings);
    this.poll =
        polls.create(
            new PeerPolls.Surroundings(
                lanes,
                applier,
                shared.control(),
                shared.updater(),
                new PollMetrics(shared.metrics(), peer),
                pollSettings(),
                System::nanoTime,
                Clock.systemUTC()),
            () -> shared.metrics().counter(ConsumerMetric.FAULTS).inc(),
            fenced -> shared.stop().fail(ExitStatus.REFUSED));
    pollOfBudget.set(poll);
    this.report = new StatusReport(peer);
    this.gauges = new PeerGauges(shared.metrics(), peer, this.poll, lanes);
  }

  private PeerLanes lanes(AtomicReference<PeerPoll> poll) {
    DaemonSettings settings = shared.settings();
    ByteBudget budget =
        new ByteBudget(
            settings.flow().maxBytes(),
            () -> {
              PeerPoll current = poll.get();
              if (current != null) {
                current.wakeUp();
              }
            });
    return new PeerLanes(
        peer,
        new PeerLanes.Surroundings(
            applier,
            shared.deadLetters(),
            shared.control(),
            laneThreads,
            new LaneMetrics(shared.metrics(), peer),
            System::nanoTime,
            Clock.systemUTC()),
        new RetryPolicy(
            settings.failures().retryMaxDelay().toMillis(),
            settings.failures().parkMaxDelay().toMillis(),
            settings.failures().poisonPolicy(),
            () -> ThreadLocalRandom.current().nextDouble()),
        new PeerPace(
            settings.apply().callsInFlight(),
            settings.apply().batchMaxRows(),
            settings.apply().batchMaxBytes()),
        budget);
  }

  private PeerPolls polls(PeerSettings settings) {
    DaemonSettings daemon = shared.settings();
    return new PeerPolls(
        peer,
        new PeerPolls.Member(
            daemon.group().daemonId(),
            daemon.group().protocol() == GroupProtocol.CONSUMER,
            settings.startPosition(),
            "daemon " + daemon.group().daemonId().orElse("of peer " + peer)),
        new PeerPolls.KafkaProperties(
            Daemon.clientProperties(daemon), daemon.group().consumerProperties()));
  }

  private PollSettings pollSettings() {
    DaemonSettings settings = shared.settings();
    return new PollSettings(
        settings.flow().lanesPerPartition(),
        settings.timing().commitInterval(),
        settings.timing().revokeTimeout(),
        LOOK_INTERVAL,
        settings.failures().poisonMaxPerMinute());
  }

  void start() {
    poll.start();
  }

  String peer() {
    return peer;
  }

  PollState state() {
    return poll.state();
  }

  PeerSnapshot snapshot() {
    return poll.snapshot();
  }

  /** For the status thread alone. */
  PeerStatus describe(Condition own) {
    PeerSnapshot snapshot = poll.snapshot();
    gauges.update(snapshot);
    return report.describe(snapshot, own, this::totals, System.nanoTime());
  }

  /** The condition of the poll thread. */
  RunState runState() {
    return switch (poll.state()) {
      case STARTING -> RunState.STARTING;
      case RUNNING -> RunState.RUNNING;
      case FAULTED -> RunState.WAITING;
      case DRAINING -> RunState.STOPPING;
      case STOPPED -> RunState.STOPPED;
    };
  }

  private OutcomeCounts totals(TableId table) {
    TableCounts counts = lanes.countsOf(table);
    return OutcomeCounts.of(
        counts.applied(), counts.filtered(), counts.discarded(), counts.deadLettered());
  }

  void stop(StopMode mode, Duration drainTimeout) {
    poll.stop(mode, drainTimeout);
  }

  /** Whether all that was read was finished; empty while the poll thread runs. */
  Optional<Boolean> awaitEnd(Duration timeout) throws InterruptedException {
    return poll.awaitEnd(timeout);
  }

  /** After the poll thread has ended. */
  void close() {
    applier.close();
    laneThreads.close(Duration.ofSeconds(1));
    polls.close();
  }

  Map<String, String> brief() {
    return Map.of("peer", peer, "state", poll.state().label());
  }
}
