package io.hrp.ops.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerLogTest {

  private final Path file;
  private final Path output;

  ServerLogTest(@TempDir Path directory) {
    file = directory.resolve("server.log");
    output = directory.resolve("server.out");
  }

  @Test
  void isReadyWhenTheLineOfThisRunHasCome() throws IOException {
    append(file, "INFO server is up\n");
    ServerLog log = new ServerLog(file, output, "server is up");

    boolean beforeTheLine = log.saysReady();
    append(file, "INFO starting\nINFO server is");
    boolean halfTheLine = log.saysReady();
    append(file, " up\n");

    assertThat(beforeTheLine).isFalse();
    assertThat(halfTheLine).isFalse();
    assertThat(log.saysReady()).isTrue();
  }

  @Test
  void startsAtTheTopAgainAfterARotation() throws IOException {
    append(file, "INFO a long line of an earlier run\n");
    ServerLog log = new ServerLog(file, output, "server is up");

    Files.writeString(file, "server is up\n");

    assertThat(log.saysReady()).isTrue();
  }

  @Test
  void namesTheLastErrorOfTheLogElseThatOfTheOutput() throws IOException {
    ServerLog log = new ServerLog(file, output, "up");
    append(output, "Error: Could not find or load main class Nowhere\n");
    assertThat(log.lastErrorLine()).isEqualTo("Error: Could not find or load main class Nowhere");

    append(
        file,
        """
        2026-01-01T00:00:00,000 ERROR [main] a.B: first
        2026-01-01T00:00:01,000 ERROR [main] a.B: second
        2026-01-01T00:00:01,000 INFO  [main] a.B: an ERROR in passing
        """);
    assertThat(log.lastErrorLine()).isEqualTo("2026-01-01T00:00:01,000 ERROR [main] a.B: second");
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
