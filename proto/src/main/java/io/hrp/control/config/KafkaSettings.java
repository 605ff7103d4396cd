package io.hrp.control.config;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The section {@code kafka}: the brokers every HRP program talks to. Immutable. */
public final class KafkaSettings {
  public static final ConfigKey<List<String>> BOOTSTRAP_SERVERS =
      ConfigKey.list("bootstrap-servers", "Brokers to begin with, host:port each").required();

  public static final ConfigKey<Integer> TOPIC_REPLICATION =
      ConfigKey.count("topic-replication", 1, 1000, "Replicas of the topics that HRP creates")
          .withDefault(3);

  private static final String OURS = "HRP sets it, because its guarantees rest on it";

  /** Keys of Kafka's clients that HRP must own, with the reason. */
  private static final Map<String, String> REFUSED = refused();

  private final List<String> bootstrapServers;
  private final int topicReplication;
  private final SortedMap<String, String> clientProperties;

  private KafkaSettings(
      List<String> bootstrapServers,
      int topicReplication,
      SortedMap<String, String> clientProperties) {
    this.bootstrapServers = List.copyOf(bootstrapServers);
    this.topicReplication = topicReplication;
    this.clientProperties = Collections.unmodifiableSortedMap(clientProperties);
  }

  /** Every key of the section but those passed on, for the reference page. */
  public static List<ConfigKey<?>> keys() {
    return List.of(BOOTSTRAP_SERVERS, TOPIC_REPLICATION);
  }

  /** Reads the section; faults go into its {@link Problems}. */
  public static KafkaSettings read(ConfigSection section) {
    List<String> servers = section.get(BOOTSTRAP_SERVERS);
    int replication = section.get(TOPIC_REPLICATION);
    SortedMap<String, String> properties = new TreeMap<>();
    section
        .passThrough(REFUSED)
        .forEach(
            (key, value) -> {
              if (key.indexOf('.') < 0 && !key.equals("retries")) {
                section.reject(
                    key,
                    "neither a key of this section nor one of Kafka's clients"
                        + NearMiss.hint(
                            key, List.of(BOOTSTRAP_SERVERS.name(), TOPIC_REPLICATION.name())));
              }
              properties.put(key, value);
            });
    properties.put("bootstrap.servers", String.join(",", servers));
    return new KafkaSettings(servers, replication, properties);
  }

  private static Map<String, String> refused() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("bootstrap.servers", "use 'bootstrap-servers'");
    for (String key :
        List.of(
            "acks",
            "allow.auto.create.topics",
            "auto.offset.reset",
            "enable.auto.commit",
            "enable.idempotence",
            "group.id",
            "group.instance.id",
            "group.protocol",
            "isolation.level",
            "key.deserializer",
            "key.serializer",
            "partition.assignment.strategy",
            "partitioner.class",
            "transactional.id",
            "value.deserializer",
            "value.serializer")) {
      keys.put(key, OURS);
    }
    return Collections.unmodifiableMap(keys);
  }

  /** Settings for tests and tools that know their broker. */
  public static KafkaSettings of(String bootstrapServers, int topicReplication) {
    SortedMap<String, String> properties = new TreeMap<>();
    properties.put("bootstrap.servers", requireNonNull(bootstrapServers, "bootstrapServers"));
    return new KafkaSettings(List.of(bootstrapServers.split(",")), topicReplication, properties);
  }

  public List<String> bootstrapServers() {
    return bootstrapServers;
  }

  /** The same in one text, for messages: {@code host:port,host:port}. */
  public String bootstrapText() {
    return String.join(",", bootstrapServers);
  }

  /** Replicas of the topics that HRP creates. */
  public int topicReplication() {
    return topicReplication;
  }

  /** For Kafka's clients: the brokers and whatever was passed through. May hold secrets. */
  public SortedMap<String, String> clientProperties() {
    return clientProperties;
  }

  @Override
  public String toString() {
    return "kafka at " + bootstrapText();
  }
}
