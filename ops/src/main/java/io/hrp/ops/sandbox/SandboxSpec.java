package io.hrp.ops.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a sandbox consists of.
 *
 * @param directory where data, logs and settings lie
 * @param clusters names of the HBase clusters, each once
 * @param kafkaHeap heap of the broker, as in {@code -Xmx}
 * @param hbaseHeap heap of each HBase cluster, as in {@code -Xmx}
 * @param hbaseSessionTimeout how long a cluster may be silent, frozen for instance, before it holds
 *     its region server for dead
 * @param ports ports somebody chose, by what they are for: {@code kafka}, or a cluster's name for
 *     its ZooKeeper; the others are picked
 * @param kafkaSettings broker settings that replace or add to the sandbox's own
 * @param hbaseSettings HBase settings that replace or add to the sandbox's own, for every cluster
 */
public record SandboxSpec(
    Path directory,
    List<String> clusters,
    String kafkaHeap,
    String hbaseHeap,
    Duration hbaseSessionTimeout,
    Map<String, Integer> ports,
    Map<String, String> kafkaSettings,
    Map<String, String> hbaseSettings) {

  private static final Pattern CLUSTER_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");

  public SandboxSpec {
    directory = Objects.requireNonNull(directory, "directory").toAbsolutePath().normalize();
    clusters = List.copyOf(clusters);
    Objects.requireNonNull(kafkaHeap, "kafkaHeap");
    Objects.requireNonNull(hbaseHeap, "hbaseHeap");
    Objects.requireNonNull(hbaseSessionTimeout, "hbaseSessionTimeout");
    ports = Map.copyOf(ports);
    kafkaSettings = Map.copyOf(kafkaSettings);
    hbaseSettings = Map.copyOf(hbaseSettings);
    if (clusters.isEmpty() || Set.copyOf(clusters).size() != clusters.size()) {
      throw new IllegalArgumentException(
          "a sandbox needs at least one cluster and each name once: " + clusters);
    }
    requireValidNames(clusters);
    requireValidPorts(ports, clusters);
  }

  private static void requireValidNames(List<String> clusters) {
    for (String cluster : clusters) {
      if (!CLUSTER_NAME.matcher(cluster).matches() || cluster.equals(KafkaProcess.NAME)) {
        throw new IllegalArgumentException(
            "cluster name '"
                + cluster
                + "' must be lower-case letters, digits and '-', at most 31, and not 'kafka'");
      }
    }
  }

  private static void requireValidPorts(Map<String, Integer> ports, List<String> clusters) {
    for (Map.Entry<String, Integer> chosen : ports.entrySet()) {
      if (!chosen.getKey().equals(KafkaProcess.NAME) && !clusters.contains(chosen.getKey())) {
        throw new IllegalArgumentException(
            "a port is chosen for '%s', which is neither 'kafka' nor one of the clusters %s"
                .formatted(chosen.getKey(), clusters));
      }
      if (chosen.getValue() < 1 || chosen.getValue() > 65_535) {
        throw new IllegalArgumentException(
            "port " + chosen.getValue() + " is not between 1 and 65535");
      }
    }
    if (Set.copyOf(ports.values()).size() != ports.size()) {
      throw new IllegalArgumentException("one port is chosen for two servers: " + ports);
    }
  }

  /**
   * Two clusters, {@code east} and {@code west}, in {@code directory}; ports picked, heaps that fit
   * a small machine.
   */
  public static SandboxSpec in(Path directory) {
    return new SandboxSpec(
        directory,
        List.of("east", "west"),
        "384m",
        "1g",
        Duration.ofMinutes(1),
        Map.of(),
        Map.of(),
        Map.of());
  }

  /** This sandbox with other clusters. */
  public SandboxSpec withClusters(List<String> names) {
    return new SandboxSpec(
        directory,
        names,
        kafkaHeap,
        hbaseHeap,
        hbaseSessionTimeout,
        ports,
        kafkaSettings,
        hbaseSettings);
  }

  /** This sandbox with other heaps, as in {@code -Xmx}. */
  public SandboxSpec withHeaps(String kafka, String hbase) {
    return new SandboxSpec(
        directory,
        clusters,
        kafka,
        hbase,
        hbaseSessionTimeout,
        ports,
        kafkaSettings,
        hbaseSettings);
  }

  /** This sandbox with another HBase session timeout. */
  public SandboxSpec withHBaseSessionTimeout(Duration timeout) {
    return new SandboxSpec(
        directory, clusters, kafkaHeap, hbaseHeap, timeout, ports, kafkaSettings, hbaseSettings);
  }

  /**
   * This sandbox with ports somebody chose: {@code kafka}, or a cluster's name for its ZooKeeper.
   */
  public SandboxSpec withPorts(Map<String, Integer> chosen) {
    return new SandboxSpec(
        directory,
        clusters,
        kafkaHeap,
        hbaseHeap,
        hbaseSessionTimeout,
        chosen,
        kafkaSettings,
        hbaseSettings);
  }

  /** This sandbox with one more broker setting. */
  public SandboxSpec withKafkaSetting(String key, String value) {
    return new SandboxSpec(
        directory,
        clusters,
        kafkaHeap,
        hbaseHeap,
        hbaseSessionTimeout,
        ports,
        with(kafkaSettings, key, value),
        hbaseSettings);
  }

  /** This sandbox with one more HBase setting, for every cluster. */
  public SandboxSpec withHBaseSetting(String key, String value) {
    return new SandboxSpec(
        directory,
        clusters,
        kafkaHeap,
        hbaseHeap,
        hbaseSessionTimeout,
        ports,
        kafkaSettings,
        with(hbaseSettings, key, value));
  }

  private static Map<String, String> with(Map<String, String> settings, String key, String value) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put(key, value);
    return all;
  }
}
