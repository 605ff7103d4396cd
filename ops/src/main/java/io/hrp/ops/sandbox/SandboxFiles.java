package io.hrp.ops.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** Where a sandbox keeps what. Data survives a stop; everything else is written anew. */
record SandboxFiles(Path directory) {

  /**
   * Servers with nothing in them take about 100 MB, Kafka's preallocated indexes among it; the rest
   * is room to work.
   */
  static final long NEEDED_BYTES = 512L << 20;

  /** The next segment of a topic or of a WAL does not fit: servers fail with less than this. */
  private static final long FULL_BYTES = 16L << 20;

  SandboxFiles {
    directory = Objects.requireNonNull(directory, "directory").toAbsolutePath().normalize();
  }

  Path data(String server) {
    return directory.resolve("data").resolve(server);
  }

  Path dataRoot() {
    return directory.resolve("data");
  }

  Path conf(String server) {
    return directory.resolve("conf").resolve(server);
  }

  Path log(String server) {
    return directory.resolve("logs").resolve(server + ".log");
  }

  /** Standard output and error of a server. */
  Path output(String server) {
    return directory.resolve("logs").resolve(server + ".out");
  }

  Path lock() {
    return directory.resolve("owner.lock");
  }

  Path state() {
    return directory.resolve("state.json");
  }

  Path hrpYaml() {
    return directory.resolve("hrp.yaml");
  }

  /** Creates the directories all servers share. */
  void create() {
    try {
      Files.createDirectories(dataRoot());
      Files.createDirectories(directory.resolve("logs"));
    } catch (IOException e) {
      throw new DiskFullException(directory, e);
    }
  }

  /** Checks that the disk has room. */
  void requireRoom() {
    long free = freeBytes();
    if (free < NEEDED_BYTES) {
      throw new DiskFullException(directory, free, NEEDED_BYTES);
    }
  }

  /** Whether the disk has no room left for a server to work in. */
  boolean isFull() {
    return freeBytes() < FULL_BYTES;
  }

  /** Checks that the disk is not full while servers run. */
  void requireNotFull() {
    if (isFull()) {
      throw new DiskFullException(directory, freeBytes(), NEEDED_BYTES);
    }
  }

  private long freeBytes() {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      throw new DiskFullException(directory, e);
    }
  }

  /** Removes data and logs; the directories stay. */
  void deleteData() {
    deleteTree(dataRoot());
    deleteTree(directory.resolve("logs"));
    create();
  }

  /** Writes a file of settings, with the directories above it. */
  static void write(Path file, String text) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent(), "parent"));
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DiskFullException(file, e);
    }
  }

  /** Removes a directory and all in it, if it exists. */
  static void deleteTree(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new DiskFullException(root, e);
    }
  }
}
