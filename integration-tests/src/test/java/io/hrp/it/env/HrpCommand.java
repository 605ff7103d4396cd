package io.hrp.it.env;

import io.hrp.ops.sandbox.Installation;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the {@code hrp} command line as its users do: as a process of its own. */
public final class HrpCommand {
  private final Path directory;
  private final Path output;

  /**
   * A command line that keeps what it writes in a directory of its own.
   *
   * @param directory made by the first command
   */
  public HrpCommand(Path directory) {
    this(directory, directory);
  }

  /**
   * As above, with the output of the commands elsewhere.
   *
   * @param output made by the first command
   */
  public HrpCommand(Path directory, Path output) {
    this.directory = directory.toAbsolutePath();
    this.output = output.toAbsolutePath();
  }

  /**
   * What a command came to.
   *
   * @param exitCode as documented by {@code hrp --help}
   * @param out standard output
   * @param err standard error
   */
  public record Result(int exitCode, String out, String err) {}

  /** Runs one command to its end; its output is kept. */
  public Result run(Duration timeout, String... arguments) {
    try {
      Files.createDirectories(output);
      Path out = Files.createTempFile(output, "command", ".out");
      Path err = Files.createTempFile(output, "command", ".err");
      Process process =
          new ProcessBuilder(commandLine(arguments))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "hrp " + String.join(" ", arguments) + " took more than " + timeout + ", see " + err);
      }
      return new Result(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The same command line that the script {@code ./hrp} ends in once everything is built. */
  private List<String> commandLine(String... arguments) throws IOException {
    Path home = Installation.current().root();
    Path ops = home.resolve("ops/target");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx256m");
    line.add("-XX:+UseSerialGC");
    line.add("-XX:TieredStopAtLevel=1");
    line.add("-Dhrp.home=" + home);
    line.add("-cp");
    line.add(
        ops.resolve("classes")
            + File.pathSeparator
            + Files.readString(ops.resolve("classpath")).strip());
    line.add("io.hrp.ops.Hrp");
    line.addAll(List.of(arguments));
    line.add("--dir=" + directory);
    return line;
  }
}
