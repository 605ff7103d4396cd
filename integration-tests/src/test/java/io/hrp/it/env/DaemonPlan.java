package io.hrp.it.env;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to run one daemon.
 *
 * @param id unique within a test; names the process and its log
 * @param peers what it feeds
 * @param consumer keys of the section {@code consumer}
 */
public record DaemonPlan(String id, List<Peer> peers, Map<String, String> consumer) {
  /** Kafka's lowest session timeout on the test broker is 1 s: a killed daemon is missed early. */
  private static final String SESSION_TIMEOUT_MS = "3000";

  public DaemonPlan {
    peers = List.copyOf(peers);
    consumer = Map.copyOf(consumer);
  }

  /** A daemon as it ships, but for the waiting times that a test would only sit out. */
  public static DaemonPlan of(String id, Peer... peers) {
    return new DaemonPlan(
        id,
        List.of(peers),
        Map.of(
            "kafka.session.timeout.ms",
            SESSION_TIMEOUT_MS,
            "kafka.heartbeat.interval.ms",
            "500",
            "retry.max-park-delay-ms",
            "1000",
            "retry.max-delay-ms",
            "2000"));
  }

  /** The same with one key of the section {@code consumer} set. */
  public DaemonPlan with(String key, Object value) {
    Map<String, String> settings = new TreeMap<>(consumer);
    settings.put(key, value.toString());
    return new DaemonPlan(id, peers, settings);
  }

  /** The text of its {@code hrp.yaml}. */
  String yaml(String bootstrapServers, int adminPort) {
    Map<String, String> keys = new LinkedHashMap<>();
    consumer.forEach((key, value) -> keys.put("  " + key, value));
    keys.put("  admin.port", Integer.toString(adminPort));
    StringBuilder yaml = new StringBuilder("kafka:\n");
    add(yaml, "  bootstrap-servers", bootstrapServers);
    add(yaml, "  topic-replication", "1");
    yaml.append("consumer:\n");
    keys.forEach((key, value) -> add(yaml, key, value));
    yaml.append("peers:\n");
    for (Peer peer : peers) {
      yaml.append("  ").append(peer.name()).append(":\n    hbase:\n");
      new TreeMap<>(peer.cluster().clientSettings())
          .forEach((key, value) -> add(yaml, "      " + key, value));
    }
    return yaml.toString();
  }

  private static void add(StringBuilder yaml, String key, String value) {
    yaml.append(key).append(": \"").append(value.replace("\"", "\\\"")).append("\"\n");
  }
}
