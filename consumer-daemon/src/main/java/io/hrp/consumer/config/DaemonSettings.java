package io.hrp.consumer.config;

import io.hrp.consumer.retry.PoisonPolicy;
import io.hrp.control.config.ConfigException;
import io.hrp.control.config.ConfigSection;
import io.hrp.control.config.HrpYaml;
import io.hrp.control.config.KafkaSettings;
import io.hrp.control.config.PeerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Everything {@code hrp.yaml} tells the daemon. Immutable.
 *
 * @param kafka the brokers
 * @param peers at least one, in the order of their names
 * @param group how it joins the peers' consumer groups
 * @param admin the HTTP port
 * @param apply calls to peers
 * @param flow what is held in memory, and in how many lanes
 * @param timing intervals and deadlines
 * @param failures what failures lead to
 * @param effective the values in force, one {@code key = value} each, secrets hidden
 */
public record DaemonSettings(
    KafkaSettings kafka,
    List<PeerSettings> peers,
    Group group,
    Admin admin,
    Apply apply,
    Flow flow,
    Timing timing,
    Failures failures,
    List<String> effective) {
  private static final String MAX_POLL_INTERVAL = "max.poll.interval.ms";
  private static final long DEFAULT_MAX_POLL_INTERVAL_MS = 300_000;

  public DaemonSettings {
    peers = List.copyOf(peers);
    effective = List.copyOf(effective);
  }

  /**
   * How the daemon joins the peers' consumer groups.
   *
   * @param daemonId for static membership; empty for a member that is known by no name
   * @param consumerProperties for Kafka's consumer alone, on top of {@link
   *     KafkaSettings#clientProperties}; may hold secrets
   */
  public record Group(
      Optional<String> daemonId,
      GroupProtocol protocol,
      SortedMap<String, String> consumerProperties) {}

  /**
   * The HTTP port.
   *
   * @param port 0 for a free one
   */
  public record Admin(String host, int port, Optional<Path> portFile) {}

  /** Calls to a peer. */
  public record Apply(
      int batchMaxRows,
      long batchMaxBytes,
      int callsInFlight,
      Duration rpcTimeout,
      Duration operationTimeout) {}

  /**
   * What a peer holds.
   *
   * @param maxBytes of records in memory, for each peer
   */
  public record Flow(int lanesPerPartition, long maxBytes) {}

  /** Intervals and deadlines. */
  public record Timing(
      Duration commitInterval,
      Duration revokeTimeout,
      Duration drainTimeout,
      Duration startTimeout,
      Duration statusInterval) {}

  /**
   * What failures lead to.
   *
   * @param poisonMaxPerMinute of one table on one peer
   * @param retryMaxDelay while a target is out of reach
   * @param parkMaxDelay while a table waits for a person
   */
  public record Failures(
      PoisonPolicy poisonPolicy,
      int poisonMaxPerMinute,
      Duration retryMaxDelay,
      Duration parkMaxDelay,
      Duration deadLetterTimeout) {}

  /**
   * Reads a file.
   *
   * @throws ConfigException listing every fault of the file at once
   */
  public static DaemonSettings load(Path hrpYaml) {
    return from(HrpYaml.read(hrpYaml));
  }

  static DaemonSettings from(HrpYaml yaml) {
    KafkaSettings kafka = KafkaSettings.read(yaml.section("kafka"));
    ConfigSection peersSection = yaml.section("peers");
    List<PeerSettings> peers = PeerSettings.readAll(peersSection);
    rejectOwnedKeys(peersSection, peers);
    ConfigSection section = yaml.section("consumer");
    Group group =
        new Group(
            section.find(ConsumerKeys.DAEMON_ID),
            section.get(ConsumerKeys.GROUP_PROTOCOL),
            section.child("kafka").passThrough(ConsumerKeys.REFUSED_KAFKA));
    Admin admin =
        new Admin(
            section.get(ConsumerKeys.ADMIN_HOST),
            section.get(ConsumerKeys.ADMIN_PORT),
            section.find(ConsumerKeys.ADMIN_PORT_FILE).map(Path::of));
    Apply apply = readApply(section);
    Timing timing = readTiming(section, kafka, group);
    Flow flow =
        new Flow(
            section.get(ConsumerKeys.LANES_PER_PARTITION),
            section.get(ConsumerKeys.MEMORY_MAX_BYTES));
    Failures failures =
        new Failures(
            section.get(ConsumerKeys.POISON_POLICY),
            section.get(ConsumerKeys.POISON_MAX_PER_MINUTE),
            section.get(ConsumerKeys.RETRY_MAX_DELAY),
            section.get(ConsumerKeys.PARK_MAX_DELAY),
            section.get(ConsumerKeys.DEAD_LETTER_TIMEOUT));
    yaml.finish();
    return new DaemonSettings(
        kafka, peers, group, admin, apply, flow, timing, failures, yaml.effective());
  }

  private static void rejectOwnedKeys(ConfigSection peersSection, List<PeerSettings> peers) {
    for (PeerSettings peer : peers) {
      for (Map.Entry<String, String> refused : HBaseKeys.REFUSED.entrySet()) {
        if (peer.hbase().containsKey(refused.getKey())) {
          peersSection
              .child(peer.name())
              .child("hbase")
              .reject(refused.getKey(), "cannot be set: " + refused.getValue());
        }
      }
    }
  }

  private static Apply readApply(ConfigSection section) {
    Apply apply =
        new Apply(
            section.get(ConsumerKeys.BATCH_MAX_ROWS),
            section.get(ConsumerKeys.BATCH_MAX_BYTES),
            section.get(ConsumerKeys.CALLS_IN_FLIGHT),
            section.get(ConsumerKeys.RPC_TIMEOUT),
            section.get(ConsumerKeys.OPERATION_TIMEOUT));
    if (apply.operationTimeout().compareTo(apply.rpcTimeout()) < 0) {
      section.reject(
          ConsumerKeys.OPERATION_TIMEOUT.name(),
          "must not be below apply.rpc-timeout-ms, which is " + apply.rpcTimeout().toMillis());
    }
    return apply;
  }

  private static Timing readTiming(ConfigSection section, KafkaSettings kafka, Group group) {
    Timing timing =
        new Timing(
            section.get(ConsumerKeys.COMMIT_INTERVAL),
            section.get(ConsumerKeys.REVOKE_TIMEOUT),
            section.get(ConsumerKeys.DRAIN_TIMEOUT),
            section.get(ConsumerKeys.START_TIMEOUT),
            section.get(ConsumerKeys.STATUS_INTERVAL));
    String text =
        group
            .consumerProperties()
            .getOrDefault(
                MAX_POLL_INTERVAL, kafka.clientProperties().getOrDefault(MAX_POLL_INTERVAL, ""));
    long maxPollIntervalMs = DEFAULT_MAX_POLL_INTERVAL_MS;
    if (!text.isEmpty()) {
      try {
        maxPollIntervalMs = Long.parseLong(text);
      } catch (NumberFormatException e) {
        section.child("kafka").reject(MAX_POLL_INTERVAL, "expected a whole number");
      }
    }
    if (timing.revokeTimeout().toMillis() > maxPollIntervalMs / 2) {
      section.reject(
          ConsumerKeys.REVOKE_TIMEOUT.name(),
          "must be at most half of kafka.max.poll.interval.ms, which is " + maxPollIntervalMs);
    }
    return timing;
  }

  /** Settings hold secrets: the effective configuration shows what may be shown. */
  @Override
  public String toString() {
    return "daemon settings for " + peers;
  }
}
