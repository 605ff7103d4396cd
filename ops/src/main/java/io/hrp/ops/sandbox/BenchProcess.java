package io.hrp.ops.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The process that measures. It has the class path of the benchmarks, which command line and daemon
 * do without, writes to this JVM's standard output and error, and dies with this JVM.
 */
public final class BenchProcess {

  private static final String MAIN_CLASS = "io.hrp.bench.HrpBench";

  /** Room for the rows that some sides keep in memory. */
  private static final String HEAP = "1g";

  private BenchProcess() {}

  /** Runs it to its end and returns its exit status. */
  public static int run(Installation installation, List<String> arguments)
      throws InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(JvmFlags.server(HEAP));
    line.addAll(JvmFlags.HBASE_MODULES);
    line.add("-D" + Installation.HOME_PROPERTY + "=" + installation.root());
    line.addAll(List.of("-cp", installation.benchClassPath()));
    line.addAll(List.of(ChildJvm.LAUNCHER, MAIN_CLASS));
    line.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    ChildJvm.dropForeignFlags(builder);
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
