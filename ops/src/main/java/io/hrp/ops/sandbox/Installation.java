package io.hrp.ops.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A built source tree: where the class path of each process lies. The build writes one {@code
 * target/classpath} file per process, because the Kafka broker and the HBase server must never
 * share one.
 */
public final class Installation {

  /** Names the root of the source tree; {@code ./hrp} sets it. */
  static final String HOME_PROPERTY = "hrp.home";

  private final Path root;

  private Installation(Path root) {
    this.root = root;
  }

  /**
   * The installation this JVM runs from: the system property {@code hrp.home}, else the nearest
   * directory above the working directory that holds the sandbox modules (so that tests need no
   * set-up).
   *
   * @throws NotBuiltException if there is none
   */
  public static Installation current() {
    String home = System.getProperty(HOME_PROPERTY);
    if (home != null) {
      return at(Path.of(home));
    }
    Path workingDirectory = Path.of("").toAbsolutePath();
    for (Path candidate = workingDirectory; candidate != null; candidate = candidate.getParent()) {
      if (Files.exists(candidate.resolve("ops/sandbox/launcher/pom.xml"))) {
        return at(candidate);
      }
    }
    throw new NotBuiltException(workingDirectory.resolve("ops/sandbox"));
  }

  /** The installation whose source tree starts at {@code root}. */
  public static Installation at(Path root) {
    return new Installation(Objects.requireNonNull(root, "root").toAbsolutePath().normalize());
  }

  /** The root of the source tree. */
  public Path root() {
    return root;
  }

  String kafkaClassPath() {
    return classPath("ops/sandbox/kafka");
  }

  String hbaseClassPath() {
    return classPath("ops/sandbox/hbase");
  }

  String daemonClassPath() {
    return classPath("consumer-daemon");
  }

  String benchClassPath() {
    return classPath("ops/bench");
  }

  String commandLineClassPath() {
    return classPath("ops");
  }

  /** The launcher, the module's own classes and what the build wrote down as its dependencies. */
  private String classPath(String module) {
    Path launcher = require(root.resolve("ops/sandbox/launcher/target/classes"));
    Path classes = require(root.resolve(module).resolve("target/classes"));
    Path dependencies = require(root.resolve(module).resolve("target/classpath"));
    try {
      return String.join(
          File.pathSeparator,
          launcher.toString(),
          classes.toString(),
          Files.readString(dependencies).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path require(Path path) {
    if (!Files.exists(path)) {
      throw new NotBuiltException(path);
    }
    return path;
  }
}
