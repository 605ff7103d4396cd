package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code hrp} in a tree of its own, with a Maven that only notes that it was called. */
class HrpScriptIT {
  private static final List<String> BUILT =
      List.of(
          "ops",
          "ops/sandbox/launcher",
          "ops/sandbox/kafka",
          "ops/sandbox/hbase",
          "ops/bench",
          "consumer-daemon");

  /** Their names fill the buffer of a pipe several times. */
  private static final int SOURCES = 4_000;

  private Path home = Path.of("");
  private Path tools = Path.of("");
  private Path called = Path.of("");

  @BeforeEach
  void makeABuiltTree(@TempDir Path home, @TempDir Path tools) throws IOException {
    this.home = home;
    this.tools = tools;
    called = tools.resolve("called");
    executable(tools.resolve("mvn"), "#!/bin/sh\ntouch '" + called + "'\nexit 1\n");
    executable(home.resolve("hrp"), Files.readString(Path.of("..", "hrp")));
    for (String module : BUILT) {
      Files.createDirectories(home.resolve(module).resolve("target/classes"));
      Files.writeString(home.resolve(module).resolve("target/classpath"), "none");
    }
    for (String file : List.of("pom.xml", "proto/src/A.java", "producer-lib/src/A.java")) {
      Files.createDirectories(home.resolve(file).getParent());
      Files.writeString(home.resolve(file), "");
    }
    Files.writeString(home.resolve("ops/target/hrp-built"), home.toRealPath().toString());
  }

  @Test
  void buildsNothingWhenNothingIsNewer() throws Exception {
    age(home.resolve("ops/target/hrp-built"), Duration.ofMinutes(-1));

    run();

    assertThat(called).doesNotExist();
  }

  @Test
  void buildsAgainWhenMoreIsNewerThanAPipeHolds() throws Exception {
    age(home.resolve("ops/target/hrp-built"), Duration.ofHours(1));
    Path sources = Files.createDirectories(home.resolve("proto/src/main/java/io/hrp/several"));
    for (int i = 0; i < SOURCES; i++) {
      Files.writeString(sources.resolve("SourceWithQuiteALongName" + i + ".java"), "");
    }

    run();

    assertThat(called).exists();
  }

  private void run() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("hrp").toString(), "--version")
            .redirectErrorStream(true)
            .redirectOutput(tools.resolve("output").toFile());
    builder.environment().merge("PATH", tools + ":", (path, first) -> first + path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  private static void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
