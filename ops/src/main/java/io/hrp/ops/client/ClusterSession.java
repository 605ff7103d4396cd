package io.hrp.ops.client;

import io.hrp.control.ControlState;
import io.hrp.control.ControlUnavailableException;
import io.hrp.control.SeenStatus;
import io.hrp.control.config.KafkaSettings;
import io.hrp.control.config.PeerSettings;
import io.hrp.control.log.ControlFollower;
import io.hrp.control.log.ControlTopics;
import io.hrp.control.log.ControlWriter;
import io.hrp.control.log.StatusReader;
import io.hrp.ops.config.OpsSettings;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.ops.steer.SteeringSession;
import io.hrp.wire.TopicNames;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one command: Kafka at once, so that a broker out of reach is told within
 * seconds, everything else when it is first needed. Used by one thread.
 */
public final class ClusterSession implements SteeringSession {
  /**
   * What a person waits at most for a broker that may be out of reach; a busy machine needs
   * seconds.
   */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(8);

  private static final Duration UPDATE_TIMEOUT = Duration.ofSeconds(10);

  private final OpsSettings settings;
  private final Clock clock = Clock.systemUTC();
  private final KafkaTopicAdmin topics;
  private final List<Runnable> closers = new ArrayList<>();
  private @Nullable ControlFollower follower;
  private @Nullable StatusReader status;
  private boolean ensured;

  private ClusterSession(OpsSettings settings) {
    this.settings = settings;
    this.topics = new KafkaTopicAdmin(settings.kafka(), REQUEST_TIMEOUT);
    closers.add(topics::close);
  }

  /** See {@link io.hrp.ops.steer.SteeringConnector#connect}. */
  public static SteeringSession connect(Path config) {
    ClusterSession session = new ClusterSession(OpsSettings.load(config));
    try {
      session.topics.names();
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public SteeringPorts ports() {
    KafkaSettings kafka = settings.kafka();
    ControlWriter writer =
        new ControlWriter(clientProperties(), clock, System::nanoTime, UPDATE_TIMEOUT);
    return new SteeringPorts(
        (who, why, decide) -> {
          ensureControlTopics();
          return writer.update(who, why, decide);
        },
        this::control,
        this::latestStatus,
        topics,
        new HBasePeerClusters(settings.peers(), REQUEST_TIMEOUT),
        settings.peers().stream().map(PeerSettings::name).toList(),
        kafka.topicReplication(),
        new SteeringPorts.Timing(
            clock,
            System::nanoTime,
            time -> Thread.sleep(time.toMillis()),
            settings.confirmTimeout()));
  }

  private void ensureControlTopics() {
    if (!ensured) {
      ControlTopics.ensure(
          clientProperties(), settings.kafka().topicReplication(), REQUEST_TIMEOUT);
      ensured = true;
    }
  }

  private SortedMap<String, String> clientProperties() {
    return Collections.unmodifiableSortedMap(settings.kafka().clientProperties());
  }

  /** Reads to the end as it is now; before HRP was first used there is nothing to read. */
  private ControlState control() {
    if (follower == null) {
      if (!topics.names().contains(TopicNames.CONTROL)) {
        return ControlState.empty();
      }
      follower = ControlFollower.open(clientProperties(), clock, System::nanoTime);
      closers.add(follower::close);
    }
    long asked = System.nanoTime();
    try {
      long deadline = asked + UPDATE_TIMEOUT.toNanos();
      while (!follower.current().complete()
          || follower.current().readToEndStartedNanos() - asked < 0) {
        if (System.nanoTime() - deadline > 0) {
          throw new ControlUnavailableException(
              "topic '" + TopicNames.CONTROL + "' cannot be read", null);
        }
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlUnavailableException("interrupted while reading control", e);
    }
    return follower.current().state();
  }

  private List<SeenStatus> latestStatus() {
    if (status == null) {
      if (!topics.names().contains(TopicNames.STATUS)) {
        return List.of();
      }
      status = StatusReader.open(clientProperties(), clock, System::nanoTime, REQUEST_TIMEOUT);
      closers.add(status::close);
    }
    return status.latest();
  }

  @Override
  public void close() {
    for (int i = closers.size() - 1; i >= 0; i--) {
      closers.get(i).run();
    }
  }
}
