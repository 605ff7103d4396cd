package io.hrp.it.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs programs of other people as they are: a main class, its arguments, a class path and a
 * directory with an {@code hbase-site.xml}. Each run has a directory of its own, which is kept for
 * whoever reads logs. A program dies with this JVM.
 */
final class ToolRuns {
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** What HBase, Hadoop and Spark reach into on Java 17; Spark starts in no smaller heap. */
  private static final List<String> JVM_FLAGS =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Djava.net.preferIPv4Stack=true",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/sun.security.action=ALL-UNNAMED",
          "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED");

  private final Path directory;

  ToolRuns(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /**
   * What a run came to.
   *
   * @param exitCode of the process
   * @param output standard output and error as they came
   */
  record Result(int exitCode, String output) {}

  /** Runs a program to its end. */
  Result run(
      ToolClassPath program, ToolSettings settings, String mainClass, List<String> arguments) {
    Path home = directory.resolve(RUNS.incrementAndGet() + "-" + simpleName(mainClass));
    Path configuration = home.resolve("conf");
    Path output = home.resolve("output");
    try {
      Files.createDirectories(configuration);
      Files.writeString(configuration.resolve("hbase-site.xml"), settings.xml());
      Files.writeString(configuration.resolve("core-site.xml"), coreSite(home).xml());
      List<String> line = new ArrayList<>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.addAll(JVM_FLAGS);
      line.addAll(program.properties(settings));
      line.add("-cp");
      line.add(
          settings.hasHrp() ? program.withHrp(configuration) : program.withoutHrp(configuration));
      // Ends the program when the pipe to this JVM breaks.
      line.add("io.hrp.ops.sandbox.launcher.GuardedMain");
      line.add(mainClass);
      line.addAll(arguments);
      return new Result(exitCode(line, home, output), Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int exitCode(List<String> line, Path home, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    for (String flags : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH")) {
      builder.environment().remove(flags);
    }
    Process process = builder.start();
    try {
      if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the program took more than " + TIMEOUT + ", see " + output);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Jobs run in the program's own process and keep what they write below its directory. */
  private static ToolSettings coreSite(Path home) {
    return new ToolSettings(java.util.Map.of(), false)
        .with("fs.defaultFS", "file:///")
        .with("hadoop.tmp.dir", home.resolve("tmp").toString())
        .with("mapreduce.framework.name", "local");
  }

  private static String simpleName(String mainClass) {
    return mainClass.substring(mainClass.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Writes an input file for a tool and returns its path. */
  Path input(String name, List<String> lines) {
    try {
      Files.createDirectories(directory);
      return Files.write(directory.resolve(name), lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
