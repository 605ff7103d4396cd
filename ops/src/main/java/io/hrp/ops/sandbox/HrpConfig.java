package io.hrp.ops.sandbox;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The {@code hrp.yaml} of programs that work on a sandbox. Immutable; the {@code with} methods give
 * changed copies.
 *
 * @param bootstrapServers Kafka's address
 * @param kafka further settings of the section {@code kafka}
 * @param peers for each peer its HBase client settings
 * @param consumer settings of the section {@code consumer}, such as {@code admin.port}
 */
public record HrpConfig(
    String bootstrapServers,
    Map<String, String> kafka,
    Map<String, Map<String, String>> peers,
    Map<String, String> consumer) {

  public HrpConfig {
    Objects.requireNonNull(bootstrapServers, "bootstrapServers");
    kafka = Collections.unmodifiableMap(new TreeMap<>(kafka));
    peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
    consumer = Collections.unmodifiableMap(new TreeMap<>(consumer));
  }

  /** With another address of Kafka, a proxy's for instance. */
  public HrpConfig withBootstrapServers(String address) {
    return new HrpConfig(address, kafka, peers, consumer);
  }

  /** With one more setting in the section {@code kafka}. */
  public HrpConfig withKafka(String key, String value) {
    return new HrpConfig(bootstrapServers, with(kafka, key, value), peers, consumer);
  }

  /** With this peer, in place of one of the same name. */
  public HrpConfig withPeer(String name, Map<String, String> hbaseSettings) {
    return new HrpConfig(
        bootstrapServers, kafka, with(peers, name, Map.copyOf(hbaseSettings)), consumer);
  }

  /** Without this peer. */
  public HrpConfig withoutPeer(String name) {
    Map<String, Map<String, String>> fewer = new LinkedHashMap<>(peers);
    fewer.remove(name);
    return new HrpConfig(bootstrapServers, kafka, fewer, consumer);
  }

  /** With one more setting in the section {@code consumer}. */
  public HrpConfig withConsumer(String key, String value) {
    return new HrpConfig(bootstrapServers, kafka, peers, with(consumer, key, value));
  }

  /** The text of the file. */
  public String toYaml() {
    StringBuilder text = new StringBuilder("kafka:\n");
    append(text, "  ", "bootstrap-servers", bootstrapServers);
    kafka.forEach((key, value) -> append(text, "  ", key, value));
    text.append("peers:\n");
    peers.forEach(
        (name, settings) -> {
          text.append("  ").append(name).append(":\n    hbase:\n");
          new TreeMap<>(settings).forEach((key, value) -> append(text, "      ", key, value));
        });
    if (!consumer.isEmpty()) {
      text.append("consumer:\n");
      consumer.forEach((key, value) -> append(text, "  ", key, value));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String indent, String key, String value) {
    text.append(indent).append(key).append(": ");
    // Numbers and statements stay what they are; anything else could read as YAML.
    if (value.matches("-?[0-9]{1,18}|true|false")) {
      text.append(value);
    } else {
      text.append('"').append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    text.append('\n');
  }

  private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
    Map<String, V> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }
}
