package io.hrp.it.linking;

import io.hrp.ops.sandbox.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/**
 * A local Maven repository for the tests alone: what the build has downloaded, by links, and HRP's
 * artifacts as an installation would put them there. The user's own repository is not touched.
 */
final class ThrowAwayRepository {
  private static final Path DIRECTORY = Path.of("target", "linking", "repository").toAbsolutePath();

  /** From artifact to module; all that has a jar has one since the phase "package". */
  private static final Map<String, String> JARS =
      Map.of(
          "hrp-proto", "proto",
          "hrp-producer", "producer-lib",
          "hrp-producer-spark", "producer-lib/spark",
          "hrp-producer-shaded", "producer-lib/shaded");

  private static final Map<String, String> POMS = Map.of("hrp-parent", ".", "hrp-bom", "ops/bom");

  private ThrowAwayRepository() {}

  /** Fills the repository anew and returns where it is. */
  static Path fill() {
    String source =
        System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository");
    try {
      link(Path.of(source));
      Path root = Installation.current().root();
      for (Map.Entry<String, String> module : POMS.entrySet()) {
        publish(module.getKey(), root.resolve(module.getValue()).resolve("pom.xml"), "pom");
      }
      for (Map.Entry<String, String> module : JARS.entrySet()) {
        Path directory = root.resolve(module.getValue());
        Path reduced = directory.resolve("target/dependency-reduced-pom.xml");
        publish(
            module.getKey(), Files.exists(reduced) ? reduced : directory.resolve("pom.xml"), "pom");
        publish(
            module.getKey(),
            directory.resolve("target/" + module.getKey() + "-" + version() + ".jar"),
            "jar");
      }
      return DIRECTORY;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot fill " + DIRECTORY, e);
    }
  }

  /** The version of the artifacts; the build says. */
  static String version() {
    return System.getProperty("hrp.version", "0.1.0-SNAPSHOT");
  }

  private static void publish(String artifact, Path file, String extension) throws IOException {
    Path directory = DIRECTORY.resolve("io/hrp").resolve(artifact).resolve(version());
    Files.createDirectories(directory);
    Files.copy(
        file,
        directory.resolve(artifact + "-" + version() + "." + extension),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void link(Path source) throws IOException {
    Path ours = source.resolve("io/hrp");
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
              throws IOException {
            if (from.equals(ours)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(DIRECTORY.resolve(source.relativize(from).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path from, BasicFileAttributes attributes)
              throws IOException {
            Path to = DIRECTORY.resolve(source.relativize(from).toString());
            if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
              linkOrCopy(from, to);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Maven rewrites its notes beside the artifacts in place, so those are copied. */
  private static void linkOrCopy(Path from, Path to) throws IOException {
    String name = String.valueOf(from.getFileName());
    if (name.endsWith(".jar") || name.endsWith(".pom")) {
      try {
        Files.createLink(to, from);
        return;
      } catch (IOException | UnsupportedOperationException e) {
        // Another file system, or one without links.
      }
    }
    Files.copy(from, to);
  }
}
