package io.hrp.bench.round;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where one benchmark's servers keep their files: {@code <name>-<process id>}, so that two at a
 * time do not meet. Closing it deletes the files.
 */
public final class BenchDirectory implements AutoCloseable {

  private final Path path;

  private BenchDirectory(Path path) {
    this.path = path;
  }

  /** A new directory below {@code parent}; what processes that are gone left there is deleted. */
  public static BenchDirectory create(Path parent, String name) {
    deleteAbandoned(parent);
    return new BenchDirectory(parent.resolve(name + "-" + ProcessHandle.current().pid()));
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    delete(path);
  }

  private static void deleteAbandoned(Path parent) {
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (Stream<Path> children = Files.list(parent)) {
      children.filter(BenchDirectory::isAbandoned).forEach(BenchDirectory::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAbandoned(Path directory) {
    String name = String.valueOf(directory.getFileName());
    return name.matches("[a-z]+-[0-9]{1,9}")
        && ProcessHandle.of(Long.parseLong(name.substring(name.indexOf('-') + 1))).isEmpty();
  }

  private static void delete(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
