package io.hrp.ops.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that dies with this one: it runs under {@code GuardedMain}, which watches the pipe whose
 * other end is held here.
 *
 * <p>Thread-safe. SIGTERM goes through the process handle, never through {@link Process#destroy()},
 * which would close the pipe too and so turn an orderly stop into a halt.
 */
final class ChildJvm {

  static final String LAUNCHER = "io.hrp.ops.sandbox.launcher.GuardedMain";

  private final Process process;

  private ChildJvm(Process process) {
    this.process = process;
  }

  /**
   * What to run.
   *
   * @param classPath everything, the launcher included
   * @param jvmArgs flags and system properties
   * @param mainClass the program
   * @param args its arguments
   * @param output where standard output and error are appended
   */
  record Command(
      String classPath, List<String> jvmArgs, String mainClass, List<String> args, Path output) {
    Command {
      Objects.requireNonNull(classPath, "classPath");
      Objects.requireNonNull(mainClass, "mainClass");
      Objects.requireNonNull(output, "output");
      jvmArgs = List.copyOf(jvmArgs);
      args = List.copyOf(args);
    }

    List<String> toCommandLine() {
      List<String> line = new ArrayList<>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.addAll(jvmArgs);
      line.add("-cp");
      line.add(classPath);
      line.add(LAUNCHER);
      line.add(mainClass);
      line.addAll(args);
      return line;
    }
  }

  static ChildJvm start(Command command) {
    ProcessBuilder builder =
        new ProcessBuilder(command.toCommandLine())
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(command.output().toFile()));
    dropForeignFlags(builder);
    try {
      return new ChildJvm(builder.start());
    } catch (IOException e) {
      throw new DiskFullException(Objects.requireNonNull(command.output().getParent()), e);
    }
  }

  /** Flags meant for this JVM must not reach its children: sizes and agents differ. */
  static void dropForeignFlags(ProcessBuilder builder) {
    Map<String, String> environment = builder.environment();
    environment.remove("JAVA_TOOL_OPTIONS");
    environment.remove("JDK_JAVA_OPTIONS");
    environment.remove("CLASSPATH");
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit status; only after the end. */
  int exitValue() {
    return process.exitValue();
  }

  void terminate() {
    process.toHandle().destroy();
  }

  void kill() {
    process.toHandle().destroyForcibly();
  }

  /** Sends a signal by its name, such as {@code STOP} or {@code CONT}. */
  void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException(
            "kill -" + name + " " + pid() + " failed: the process has ended");
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot run kill -" + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending SIG" + name, e);
    }
  }

  /** Waits for the end; whether it came in time. */
  boolean awaitEnd(Duration timeout) {
    try {
      return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }
}
