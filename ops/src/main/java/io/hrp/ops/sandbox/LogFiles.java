package io.hrp.ops.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The log files of a sandbox, for reading. */
public final class LogFiles {

  private static final String SUFFIX = ".log";
  private static final int MAX_READ_BYTES = 1 << 20;
  private static final long POLL_MS = 200;

  private final Path directory;

  private LogFiles(Path directory) {
    this.directory = directory;
  }

  /** The logs of the sandbox in {@code directory}. */
  public static LogFiles of(Path directory) {
    return new LogFiles(directory.resolve("logs"));
  }

  /** One file per server, by name; rotated parts are left out. */
  public List<Path> all() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the servers that have a log. */
  public List<String> names() {
    return all().stream()
        .map(file -> String.valueOf(file.getFileName()))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .toList();
  }

  /** The log of that server, if there is one. */
  public Optional<Path> of(String server) {
    return names().contains(server)
        ? Optional.of(directory.resolve(server + SUFFIX))
        : Optional.empty();
  }

  /** The last lines of a file, at most as many as fit one megabyte. */
  public static List<String> lastLines(Path file, int count) {
    List<String> lines = FilePart.tail(file, MAX_READ_BYTES).lines().toList();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  /** Hands over each line written from now on, until the thread is interrupted. */
  public static void follow(List<Path> files, Consumer<String> lines) throws InterruptedException {
    Map<Path, Long> positions = new HashMap<>();
    files.forEach(file -> positions.put(file, FilePart.size(file)));
    while (!Thread.currentThread().isInterrupted()) {
      for (Path file : files) {
        long from = Math.min(positions.getOrDefault(file, 0L), FilePart.size(file));
        String text =
            FilePart.read(file, from, Math.min(FilePart.size(file), from + MAX_READ_BYTES));
        String finished = text.substring(0, text.lastIndexOf('\n') + 1);
        finished.lines().forEach(lines);
        positions.put(file, from + finished.getBytes(StandardCharsets.UTF_8).length);
      }
      Thread.sleep(POLL_MS);
    }
  }
}
