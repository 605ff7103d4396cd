package io.hrp.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.report.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HrpTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private final Path directory;

  HrpTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void listsTheExitCodesInItsHelp() {
    assertThat(run("--help")).isZero();

    for (ExitCode code : ExitCode.values()) {
      assertThat(text(out))
          .containsPattern("(?m)^ +" + code.status() + " +" + code.meaning().substring(0, 4));
    }
  }

  @Test
  void printsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(text(out)).matches("hrp [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?\\R");
  }

  @Test
  void saysInTwoLinesWhatIsWrongWithACommandLine() {
    assertThat(run("sandbox", "up", "--cluster", "a")).isEqualTo(2);
    assertThat(text(err).lines())
        .containsExactly("hrp: Unknown options: '--cluster', 'a'", "See: hrp sandbox up --help");
  }

  @Test
  void namesWhatIsWrongWithAClusterName() {
    assertThat(run("sandbox", "up", "--dir", directory.toString(), "--clusters", "East"))
        .isEqualTo(2);
    assertThat(text(err)).contains("cluster name 'East' must be");
  }

  @Test
  void namesWhatIsWrongWithAPort() {
    assertThat(run("sandbox", "up", "--dir", directory.toString(), "--port", "kafak=1"))
        .isEqualTo(2);
    assertThat(text(err)).contains("a port is chosen for 'kafak', which is neither 'kafka' nor");
    assertThat(run("sandbox", "up", "--dir", directory.toString(), "--port", "kafka=7,east=7"))
        .isEqualTo(2);
    assertThat(text(err)).contains("one port is chosen for two servers");
    assertThat(run("sandbox", "up", "--dir", directory.toString(), "--port", "kafka=70000"))
        .isEqualTo(2);
    assertThat(text(err)).contains("port 70000 is not between 1 and 65535");
  }

  @Test
  void asksForACommand() {
    assertThat(run()).isEqualTo(2);
    assertThat(text(err)).contains("no command given");
  }

  @Test
  void findsNoSandboxInAnEmptyDirectory() {
    assertThat(run("sandbox", "status", "--dir", directory.toString())).isZero();
    assertThat(text(out)).isEmpty();
    assertThat(text(err)).startsWith("no sandbox runs in " + directory.resolve("sandbox"));
  }

  @Test
  void printsACompletionScript() {
    assertThat(run("completion")).isZero();
    assertThat(text(out)).contains("sandbox").contains("complete ");
  }

  private int run(String... args) {
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            0);
    return Hrp.run(console, args);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
