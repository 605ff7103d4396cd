package io.hrp.consumer.config;

import io.hrp.consumer.retry.PoisonPolicy;
import io.hrp.control.config.ConfigKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every key of the section {@code consumer}, in the order of the reference page. */
final class ConsumerKeys {
  static final ConfigKey<String> DAEMON_ID =
      ConfigKey.text(
          "daemon.id",
          "Name of this daemon, unique among all; with it a restart within Kafka's session timeout"
              + " keeps its partitions, and a second daemon of the same name does not start");

  static final ConfigKey<GroupProtocol> GROUP_PROTOCOL =
      ConfigKey.choice(
              "group.protocol",
              GroupProtocol.class,
              "How daemons share partitions: Kafka's classic protocol, or the one of KIP-848; all"
                  + " daemons of a peer use the same")
          .withDefault(GroupProtocol.CLASSIC)
          .rare();

  static final ConfigKey<String> ADMIN_HOST =
      ConfigKey.text(
              "admin.host",
              "Address the admin port is bound to; it has no authentication, so leave it on loopback"
                  + " or put a proxy in front")
          .withDefault("127.0.0.1");

  static final ConfigKey<Integer> ADMIN_PORT =
      ConfigKey.count(
              "admin.port", 0, 65_535, "Port for metrics, health and status; 0 takes a free one")
          .withDefault(9_647);

  static final ConfigKey<String> ADMIN_PORT_FILE =
      ConfigKey.text(
              "admin.port-file", "File to write the number of the admin port to, once it is open")
          .rare();

  static final ConfigKey<Integer> BATCH_MAX_ROWS =
      ConfigKey.count("apply.batch-max-rows", 1, 100_000, "Most mutations in one call to a peer")
          .withDefault(2_000);

  static final ConfigKey<Long> BATCH_MAX_BYTES =
      ConfigKey.number(
              "apply.batch-max-bytes",
              1_024,
              1L << 30,
              "Most bytes of mutations in one call to a peer; a single mutation goes whatever its size")
          .withDefault(2L << 20);

  static final ConfigKey<Integer> CALLS_IN_FLIGHT =
      ConfigKey.count(
              "apply.calls-in-flight",
              1,
              1_000,
              "Most calls to a peer that wait for an answer at once")
          .withDefault(4);

  static final ConfigKey<Duration> RPC_TIMEOUT =
      ConfigKey.millis(
              "apply.rpc-timeout-ms", 100, 600_000, "Longest wait for one region server's answer")
          .withDefault(Duration.ofSeconds(10));

  static final ConfigKey<Duration> OPERATION_TIMEOUT =
      ConfigKey.millis(
              "apply.operation-timeout-ms",
              100,
              600_000,
              "Longest wait for a call as a whole, finding its regions included; not below"
                  + " apply.rpc-timeout-ms")
          .withDefault(Duration.ofSeconds(15));

  static final ConfigKey<Integer> LANES_PER_PARTITION =
      ConfigKey.count(
              "dispatch.lanes-per-partition",
              1,
              256,
              "Lanes a partition's rows are spread over; rows of one lane wait for each other's retries")
          .withDefault(4)
          .rare();

  static final ConfigKey<Long> MEMORY_MAX_BYTES =
      ConfigKey.number(
              "memory.max-bytes",
              1L << 20,
              1L << 40,
              "Bytes of records a peer may hold in memory before its partitions are paused")
          .withDefault(64L << 20);

  static final ConfigKey<Duration> COMMIT_INTERVAL =
      ConfigKey.millis("commit.interval-ms", 50, 60_000, "Time between commits of offsets")
          .withDefault(Duration.ofSeconds(1))
          .rare();

  static final ConfigKey<Duration> REVOKE_TIMEOUT =
      ConfigKey.millis(
              "revoke-timeout-ms",
              0,
              120_000,
              "Longest wait for what is in flight when partitions are taken away; at most half of"
                  + " kafka.max.poll.interval.ms")
          .withDefault(Duration.ofSeconds(10))
          .rare();

  static final ConfigKey<Duration> DRAIN_TIMEOUT =
      ConfigKey.millis(
              "drain-timeout-ms",
              0,
              600_000,
              "Longest wait for what is in flight when the daemon stops")
          .withDefault(Duration.ofSeconds(20));

  static final ConfigKey<Duration> START_TIMEOUT =
      ConfigKey.millis(
              "start-timeout-ms",
              0,
              3_600_000,
              "How long the daemon tries to reach Kafka at its start before it gives up with exit code 4")
          .withDefault(Duration.ofSeconds(60));

  static final ConfigKey<Duration> STATUS_INTERVAL =
      ConfigKey.millis(
              "status.interval-ms",
              100,
              2_000,
              "Time between status records; a daemon counts as gone when none has come for 6 seconds")
          .withDefault(Duration.ofSeconds(2))
          .rare();

  static final ConfigKey<PoisonPolicy> POISON_POLICY =
      ConfigKey.choice(
              "poison.policy",
              PoisonPolicy.class,
              "What becomes of a record that can never be applied: set aside in the dead-letter topic, or"
                  + " its partition waits for a person")
          .withDefault(PoisonPolicy.DEAD_LETTER);

  static final ConfigKey<Integer> POISON_MAX_PER_MINUTE =
      ConfigKey.count(
              "poison.max-per-minute",
              1,
              1_000_000,
              "Poison records a minute of one table on one peer; beyond that a writer is wrong, and the"
                  + " table parks")
          .withDefault(60);

  static final ConfigKey<Duration> RETRY_MAX_DELAY =
      ConfigKey.millis(
              "retry.max-delay-ms",
              50,
              600_000,
              "Longest time between attempts while a peer or a region is out of reach")
          .withDefault(Duration.ofSeconds(5))
          .rare();

  static final ConfigKey<Duration> PARK_MAX_DELAY =
      ConfigKey.millis(
              "retry.max-park-delay-ms",
              50,
              3_600_000,
              "Longest time between attempts while a table waits for somebody to mend something")
          .withDefault(Duration.ofSeconds(10))
          .rare();

  static final ConfigKey<Duration> DEAD_LETTER_TIMEOUT =
      ConfigKey.millis(
              "dead-letter.timeout-ms",
              1_000,
              600_000,
              "Longest wait for the acknowledgement of a dead-letter record before it is sent again")
          .withDefault(Duration.ofSeconds(30))
          .rare();

  static final List<ConfigKey<?>> ALL =
      List.of(
          DAEMON_ID,
          GROUP_PROTOCOL,
          ADMIN_HOST,
          ADMIN_PORT,
          ADMIN_PORT_FILE,
          BATCH_MAX_ROWS,
          BATCH_MAX_BYTES,
          CALLS_IN_FLIGHT,
          RPC_TIMEOUT,
          OPERATION_TIMEOUT,
          LANES_PER_PARTITION,
          MEMORY_MAX_BYTES,
          COMMIT_INTERVAL,
          REVOKE_TIMEOUT,
          DRAIN_TIMEOUT,
          START_TIMEOUT,
          STATUS_INTERVAL,
          POISON_POLICY,
          POISON_MAX_PER_MINUTE,
          RETRY_MAX_DELAY,
          PARK_MAX_DELAY,
          DEAD_LETTER_TIMEOUT);

  /** Settings of Kafka's consumer that the daemon's guarantees rest on. */
  static final Map<String, String> REFUSED_KAFKA = refusedKafka();

  private ConsumerKeys() {}

  private static Map<String, String> refusedKafka() {
    Map<String, String> refused = new TreeMap<>();
    for (String key :
        List.of(
            "allow.auto.create.topics",
            "auto.offset.reset",
            "enable.auto.commit",
            "exclude.internal.topics",
            "isolation.level",
            "interceptor.classes",
            "key.deserializer",
            "partition.assignment.strategy",
            "value.deserializer")) {
      refused.put(key, "HRP sets it, because its guarantees rest on it");
    }
    refused.put("bootstrap.servers", "use 'kafka.bootstrap-servers'");
    refused.put("group.id", "it is 'hrp-' and the peer's name");
    refused.put("group.instance.id", "use 'consumer.daemon.id'");
    refused.put("group.protocol", "use 'consumer.group.protocol'");
    return Map.copyOf(refused);
  }
}
