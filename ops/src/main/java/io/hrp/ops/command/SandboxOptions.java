package io.hrp.ops.command;

import io.hrp.ops.sandbox.SandboxSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a sandbox is to consist of. */
public final class SandboxOptions {

  @Option(
      names = "--clusters",
      split = ",",
      paramLabel = "<name>",
      defaultValue = "east,west",
      description = "Names of the HBase clusters (default: east,west).")
  private List<String> clusters = List.of("east", "west");

  @Option(
      names = "--port",
      split = ",",
      paramLabel = "<server>=<port>",
      description =
          "Port of 'kafka', or of the ZooKeeper of the cluster of that name; default: a free port,"
              + " the same one at the next start.")
  private Map<String, Integer> ports = new LinkedHashMap<>();

  @Option(
      names = "--kafka-heap",
      paramLabel = "<size>",
      description = "Heap of the broker (default: 384m).")
  private String kafkaHeap = "384m";

  @Option(
      names = "--hbase-heap",
      paramLabel = "<size>",
      description = "Heap of each HBase cluster (default: 1g).")
  private String hbaseHeap = "1g";

  @Option(
      names = "--kafka-setting",
      paramLabel = "<key>=<value>",
      description = "A broker setting that replaces or adds to the sandbox's own; default: none.")
  private Map<String, String> kafkaSettings = new LinkedHashMap<>();

  @Option(
      names = "--hbase-setting",
      paramLabel = "<key>=<value>",
      description = "An HBase setting that replaces or adds to the sandbox's own; default: none.")
  private Map<String, String> hbaseSettings = new LinkedHashMap<>();

  List<String> clusters() {
    return List.copyOf(clusters);
  }

  /** The sandbox in this directory; an illegal argument says which option is wrong. */
  SandboxSpec toSpec(Path directory) {
    SandboxSpec spec =
        SandboxSpec.in(directory)
            .withClusters(clusters)
            .withHeaps(kafkaHeap, hbaseHeap)
            .withPorts(ports);
    for (Map.Entry<String, String> setting : kafkaSettings.entrySet()) {
      spec = spec.withKafkaSetting(setting.getKey(), setting.getValue());
    }
    for (Map.Entry<String, String> setting : hbaseSettings.entrySet()) {
      spec = spec.withHBaseSetting(setting.getKey(), setting.getValue());
    }
    return spec;
  }

  /** The command line that gives the same options. */
  List<String> toArguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--clusters=" + String.join(",", clusters),
                "--kafka-heap=" + kafkaHeap,
                "--hbase-heap=" + hbaseHeap));
    ports.forEach((server, port) -> arguments.add("--port=" + server + "=" + port));
    kafkaSettings.forEach((key, value) -> arguments.add("--kafka-setting=" + key + "=" + value));
    hbaseSettings.forEach((key, value) -> arguments.add("--hbase-setting=" + key + "=" + value));
    return arguments;
  }
}
