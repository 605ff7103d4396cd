package io.hrp.consumer;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.admin.AdminPages;
import io.hrp.consumer.admin.AdminServer;
import io.hrp.consumer.admin.Health;
import io.hrp.consumer.apply.hbase.HBaseMutationApplier;
import io.hrp.consumer.apply.hbase.HBaseTarget;
import io.hrp.consumer.config.DaemonSettings;
import io.hrp.consumer.deadletter.DeadLetterSink;
import io.hrp.consumer.deadletter.KafkaDeadLetterSink;
import io.hrp.consumer.metrics.ConsumerMetric;
import io.hrp.consumer.metrics.ConsumerMetrics;
import io.hrp.consumer.poll.PollState;
import io.hrp.consumer.poll.StopMode;
import io.hrp.control.Condition;
import io.hrp.control.ControlRefusedException;
import io.hrp.control.ControlUnavailableException;
import io.hrp.control.DaemonIdentity;
import io.hrp.control.DaemonStatus;
import io.hrp.control.PeerStatus;
import io.hrp.control.RunState;
import io.hrp.control.config.PeerSettings;
import io.hrp.control.log.ControlFollower;
import io.hrp.control.log.ControlTopics;
import io.hrp.control.log.ControlWriter;
import io.hrp.control.log.StatusReader;
import io.hrp.control.log.StatusWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon's life: control topics, dead letters, peers, status; then the same in reverse.
 *
 * <p>A broker that is out of reach is waited for up to the start timeout; later nothing gives up. A
 * peer that is out of reach, at the start too, only pauses its partitions.
 *
 * <p>{@link #run} belongs to the main thread, which also reports status.
 */
final class Daemon {
  private static final Logger log = LoggerFactory.getLogger(Daemon.class);

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CONTROL_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

  /** After draining: for calls in flight, the last commit and the consumers. */
  private static final Duration END_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration DUPLICATE_LOOK_AWAY = Duration.ofMillis(500);
  private static final Duration LOOK_AWAY = Duration.ofMillis(100);

  /** Between two looks for news to report: what comes at once is one report. */
  private static final Duration NEWS_LOOK_AWAY = Duration.ofMillis(50);

  private final DaemonSettings settings;
  private final DaemonIdentity identity;
  private final StopRequest stop;
  private final ConsumerMetrics metrics = new ConsumerMetrics(System::nanoTime);
  private final List<PeerRuntime> peers = new ArrayList<>();
  private final Instant started = Instant.now();

  /** Volatile: written by the main thread, read by those of the admin port. */
  private volatile RunState state = RunState.STARTING;

  private volatile Optional<DaemonStatus> reported = Optional.empty();

  Daemon(DaemonSettings settings, DaemonIdentity identity, StopRequest stop) {
    this.settings = requireNonNull(settings, "settings");
    this.identity = requireNonNull(identity, "identity");
    this.stop = requireNonNull(stop, "stop");
  }

  /** Lives until it is asked to stop. Returns how it ended. */
  ExitStatus run() throws InterruptedException {
    settings.effective().forEach(line -> log.info("setting {}", line));
    DaemonSettings.Admin admin = settings.admin();
    try (AdminServer server =
            AdminServer.start(admin.host(), admin.port(), pages(), admin.portFile());
        ConsumerMetrics closedLast = metrics) {
      log.debug("admin port is {}, metrics are {}", server.address(), closedLast);
      return awaitControl();
    }
  }

  static Map<String, String> clientProperties(DaemonSettings settings) {
    Map<String, String> properties = new HashMap<>(settings.kafka().clientProperties());
    properties.put("bootstrap.servers", settings.kafka().bootstrapText());
    return properties;
  }

  private ExitStatus awaitControl() throws InterruptedException {
    Map<String, String> kafka = clientProperties(settings);
    long deadline = System.nanoTime() + settings.timing().startTimeout().toNanos();
    boolean topicsExist = false;
    while (!topicsExist) {
      try {
        ControlTopics.ensure(kafka, settings.kafka().topicReplication(), REQUEST_TIMEOUT);
        topicsExist = true;
      } catch (ControlRefusedException refused) {
        log.error("{}", refused.getMessage());
        return ExitStatus.REFUSED;
      } catch (ControlUnavailableException away) {
        if (System.nanoTime() - deadline >= 0) {
          log.error(
              "Kafka at '{}' was out of reach for {} ms: start the brokers, or correct"
                  + " kafka.bootstrap-servers; last error: {}",
              settings.kafka().bootstrapText(),
              settings.timing().startTimeout().toMillis(),
              away.getMessage());
          return ExitStatus.UNREACHABLE;
        }
        log.warn("Kafka is out of reach, will try again: {}", away.getMessage());
        if (stop.await(RETRY_PAUSE)) {
          return stop.because().orElse(ExitStatus.DONE);
        }
      }
    }
    try (ControlFollower follower =
        ControlFollower.open(kafka, Clock.systemUTC(), System::nanoTime)) {
      while (!follower.awaitFirstRead(LOOK_AWAY)) {
        if (stop.isAsked()) {
          return stop.because().orElse(ExitStatus.DONE);
        }
        if (System.nanoTime() - deadline >= 0) {
          log.error(
              "the control topic could not be read within {} ms",
              settings.timing().startTimeout().toMillis());
          return ExitStatus.UNREACHABLE;
        }
      }
      if (settings.group().daemonId().isPresent() && isDuplicate(kafka)) {
        return ExitStatus.REFUSED;
      }
      return serve(kafka, follower);
    }
  }

  private boolean isDuplicate(Map<String, String> kafka) throws InterruptedException {
    try (StatusReader reports =
        StatusReader.open(kafka, Clock.systemUTC(), System::nanoTime, REQUEST_TIMEOUT)) {
      Optional<DaemonIdentity> other =
          new DuplicateDaemon(identity, reports, stop, Instant::now, DUPLICATE_LOOK_AWAY).find();
      other.ifPresent(
          running ->
              log.error(
                  "daemon '{}' runs already, on host '{}' with pid {}: give each daemon a"
                      + " consumer.daemon.id of its own",
                  running.daemonId(),
                  running.host(),
                  running.pid()));
      return other.isPresent();
    }
  }

  private ExitStatus serve(Map<String, String> kafka, ControlFollower follower)
      throws InterruptedException {
    AtomicInteger number = new AtomicInteger();
    ExecutorService logins =
        Executors.newFixedThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "hrp-login-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    try (DeadLetterSink deadLetters = openDeadLetters(kafka);
        StatusWriter status = StatusWriter.open(kafka, System::nanoTime)) {
      PeerRuntime.Shared shared =
          new PeerRuntime.Shared(
              settings,
              follower,
              new ControlWriter(kafka, Clock.systemUTC(), System::nanoTime, CONTROL_TIMEOUT),
              deadLetters,
              metrics,
              stop);
      for (PeerSettings peer : settings.peers()) {
        peers.add(
            new PeerRuntime(
                peer, HBaseMutationApplier.open(target(peer), logins, System::nanoTime), shared));
      }
      controlGauges(follower);
      peers.forEach(PeerRuntime::start);
      state = RunState.RUNNING;
      log.info("daemon runs; daemon={} peers={}", identity, settings.peers());
      reportUntilStop(status);
      ExitStatus end = end(status);
      state = RunState.STOPPED;
      report(status);
      return end;
    } finally {
      logins.shutdownNow();
    }
  }

  /** At every interval, and at once when a change of the control topic has been taken up. */
  private void reportUntilStop(StatusWriter status) throws InterruptedException {
    long interval = settings.timing().statusInterval().toNanos();
    long reportedNanos = System.nanoTime();
    long reportedOffset = -1;
    while (!stop.await(NEWS_LOOK_AWAY)) {
      long takenUp = takenUp();
      if (takenUp != reportedOffset || System.nanoTime() - reportedNanos >= interval) {
        reportedOffset = takenUp;
        reportedNanos = System.nanoTime();
        report(status);
      }
    }
  }

  /** The control offset that all peers have taken up; -1 before that. */
  private long takenUp() {
    return peers.stream().mapToLong(peer -> peer.snapshot().controlOffset()).min().orElse(-1);
  }

  private ExitStatus end(StatusWriter status) throws InterruptedException {
    state = RunState.STOPPING;
    StopMode mode = stop.mode();
    Duration drain = settings.timing().drainTimeout();
    log.info("daemon stops; mode={} drainTimeoutMs={}", mode, drain.toMillis());
    peers.forEach(peer -> peer.stop(mode, drain));
    long deadline = System.nanoTime() + drain.plus(END_TIMEOUT).toNanos();
    boolean drained = true;
    for (PeerRuntime peer : peers) {
      Optional<Boolean> ended = Optional.empty();
      while (ended.isEmpty() && System.nanoTime() - deadline < 0) {
        if (stop.mode() == StopMode.ABANDON) {
          peers.forEach(each -> each.stop(StopMode.ABANDON, Duration.ZERO));
        }
        ended = peer.awaitEnd(LOOK_AWAY);
      }
      drained &= ended.orElse(false);
    }
    report(status);
    peers.forEach(PeerRuntime::close);
    log.info("daemon stopped; drained={}", drained);
    return stop.because().orElse(drained ? ExitStatus.DONE : ExitStatus.NOT_DRAINED);
  }

  private DeadLetterSink openDeadLetters(Map<String, String> kafka) {
    return KafkaDeadLetterSink.open(
        kafka, settings.failures().deadLetterTimeout(), System::nanoTime);
  }

  private HBaseTarget target(PeerSettings peer) {
    return new HBaseTarget(
        peer.name(),
        peer.hbase(),
        peer.durability(),
        settings.apply().rpcTimeout(),
        settings.apply().operationTimeout());
  }

  private void controlGauges(ControlFollower follower) {
    metrics.gauge(
        ConsumerMetric.CONTROL_AGE,
        () -> Duration.between(follower.current().lastReadAt(), Instant.now()).toMillis() / 1000.0);
    metrics.gauge(ConsumerMetric.CONTROL_OFFSET, () -> follower.current().state().controlOffset());
  }

  // Status.

  private void report(StatusWriter status) {
    DaemonStatus now = describe();
    reported = Optional.of(now);
    status.report(now);
  }

  private DaemonStatus describe() {
    // First: the offset said must not be newer than what is said beside it.
    long controlOffset = takenUp();
    List<PeerStatus> statuses = new ArrayList<>();
    for (PeerRuntime peer : peers) {
      RunState own = state == RunState.RUNNING ? peer.runState() : state;
      Condition condition =
          own == RunState.WAITING
              ? Condition.of(own, "fault", "the poll thread failed and starts over", started)
              : Condition.of(own);
      statuses.add(peer.describe(condition));
    }
    return DaemonStatus.of(identity, Instant.now(), state, controlOffset, statuses);
  }

  private AdminPages pages() {
    return new AdminPages(metrics::prometheusText, this::health, this::readiness, this::json);
  }

  private Health health() {
    for (PeerRuntime peer : peers) {
      if (peer.state() == PollState.STOPPED && state == RunState.RUNNING) {
        return Health.bad("the poll thread of peer '" + peer.peer() + "' has ended");
      }
    }
    return Health.good();
  }

  private Health readiness() {
    if (state != RunState.RUNNING) {
      return Health.bad("the daemon is " + state);
    }
    for (PeerRuntime peer : peers) {
      if (peer.state() != PollState.RUNNING) {
        return Health.bad(
            "the poll thread of peer '" + peer.peer() + "' is " + peer.state().label());
      }
      if (!peer.snapshot().isSettled()) {
        return Health.bad("peer '" + peer.peer() + "' has not opened its partitions yet");
      }
    }
    return Health.good();
  }

  private String json() {
    return StatusJson.of(reported.orElseGet(this::unreported));
  }

  private DaemonStatus unreported() {
    return DaemonStatus.of(identity, Instant.now(), state, -1, List.of());
  }
}
