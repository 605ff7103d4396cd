package io.hrp.it.linking;

import io.hrp.ops.sandbox.Installation;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A project outside of HRP's build, built by Maven as its owners would. */
final class LinkedProject {
  private static final Duration BUILD = Duration.ofMinutes(3);
  private final Path directory;

  private LinkedProject(Path directory) {
    this.directory = directory;
  }

  /**
   * Builds a project of {@code src/linking} in a copy of its own.
   *
   * @param profiles of its pom
   */
  static LinkedProject build(String name, String... profiles) {
    Path repository = ThrowAwayRepository.fill();
    Path directory =
        Path.of("target", "linking", name + String.join("", profiles)).toAbsolutePath();
    copy(Path.of("src", "linking", name).toAbsolutePath(), directory);
    List<String> line = new ArrayList<>(List.of("mvn", "-B", "-ntp", "package"));
    line.add("-Dmaven.repo.local=" + repository);
    line.add("-Dhrp.version=" + ThrowAwayRepository.version());
    for (String profile : profiles) {
      line.add("-P" + profile);
    }
    // What the main build has not downloaded the project's own build may have to.
    List<String> offline = new ArrayList<>(line);
    offline.add("-o");
    Path log = directory.resolve("build.log");
    if (ChildProgram.start(directory, log, offline).awaitExit(BUILD) != 0
        && ChildProgram.start(directory, log, line).awaitExit(BUILD) != 0) {
      throw new AssertionError("the project '" + name + "' does not build, see " + log);
    }
    return new LinkedProject(directory);
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Compiles a Scala source of the project among its classes, with the compiler on its class path.
   */
  LinkedProject compileScala(String source) {
    ChildProgram compiler =
        java(
            "scalac",
            List.of("-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            "scala.tools.nsc.Main",
            List.of(
                "-classpath",
                classPath(),
                "-d",
                classes().toString(),
                directory.resolve("src/main/scala").resolve(source).toString()));
    if (compiler.awaitExit(BUILD) != 0) {
      throw new AssertionError(String.join("\n", compiler.output()));
    }
    return this;
  }

  /** Where the project was built; its programs' outputs go there too. */
  Path directory() {
    return directory;
  }

  Path classes() {
    return directory.resolve("target/classes");
  }

  /** The project's classes and all that they depend on, as its build resolved it. */
  String classPath() {
    try {
      return classes()
          + File.pathSeparator
          + Files.readString(directory.resolve("target/class-path")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one of its programs, which ends with this JVM. */
  ChildProgram java(String output, List<String> jvmArgs, String mainClass, List<String> args) {
    Path launcher = Installation.current().root().resolve("ops/sandbox/launcher/target/classes");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(jvmArgs);
    line.addAll(List.of("-cp", launcher + File.pathSeparator + classPath()));
    line.add("io.hrp.ops.sandbox.launcher.GuardedMain");
    line.add(mainClass);
    line.addAll(args);
    return ChildProgram.start(directory, directory.resolve(output + ".log"), line);
  }
}
