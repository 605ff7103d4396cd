package io.hrp.it.tools;

import io.hrp.ops.sandbox.Installation;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jars a program runs with, as the build has written them down. */
enum ToolClassPath {
  /** PerformanceEvaluation and LoadTestTool, with HBase's plain client and Hadoop 2. */
  HBASE_TOOLS("integration-tests/tools/hbase"),
  /** ImportTsv, MapReduce's local runner and the documented programs, with HBase's shaded jars. */
  MAPREDUCE("integration-tests/tools/mapreduce"),
  /** The documented Spark program, with Spark in one process. */
  SPARK("integration-tests/tools/spark");

  private static final String PRODUCER = "integration-tests/tools/producer";
  private static final String LAUNCHER = "ops/sandbox/launcher/target/classes";

  private final String module;

  ToolClassPath(String module) {
    this.module = module;
  }

  /** As HBase has it. */
  String withoutHrp(Path configuration) {
    return join(configuration, List.of(dependencies(module)));
  }

  /**
   * With the plain {@code hrp-producer} and what it brings in front. Behind HBase's jars it would
   * meet the protobuf 2.5 of the plain client.
   */
  String withHrp(Path configuration) {
    return join(configuration, List.of(dependencies(PRODUCER), dependencies(module)));
  }

  /** How a program of this kind is told what else stands in no file of its class path. */
  List<String> properties(ToolSettings settings) {
    if (this != SPARK) {
      return List.of();
    }
    List<String> flags = new ArrayList<>();
    flags.add("-Dspark.master=local[2]");
    flags.add("-Dspark.ui.enabled=false");
    flags.add("-Dspark.driver.host=127.0.0.1");
    flags.add("-Dspark.driver.bindAddress=127.0.0.1");
    settings.site().forEach((key, value) -> flags.add("-Dspark.hadoop." + key + "=" + value));
    return flags;
  }

  private String join(Path configuration, List<String> jars) {
    Path root = Installation.current().root();
    List<String> parts = new ArrayList<>();
    parts.add(configuration.toString());
    parts.add(root.resolve(LAUNCHER).toString());
    parts.add(root.resolve(module).resolve("target/classes").toString());
    parts.addAll(jars);
    return String.join(File.pathSeparator, parts);
  }

  private static String dependencies(String module) {
    try {
      return Files.readString(
              Installation.current().root().resolve(module).resolve("target/classpath"))
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "build '" + module + "' up to the phase package, which writes its class path", e);
    }
  }
}
