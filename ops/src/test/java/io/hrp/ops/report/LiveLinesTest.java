package io.hrp.ops.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LiveLinesTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong now = new AtomicLong();

  @Test
  void writesPlainLinesRarelyWhereThereIsNoTerminal() {
    LiveLines lines = lines(0);

    lines.update("kafka", "starting, 0 s");
    now.set(1_000_000_000L);
    lines.update("kafka", "starting, 1 s");
    now.set(5_000_000_000L);
    lines.update("kafka", "starting, 5 s");
    lines.finish("kafka", "ready");

    assertThat(text())
        .isEqualTo("  kafka  starting, 0 s\n  kafka  starting, 5 s\n  kafka  ready\n");
  }

  @Test
  void writesOverItsLinesOnATerminalAndKeepsToItsWidth() {
    LiveLines lines = lines(12);

    lines.update("a", "one");
    lines.finish("b", "a text that is too long");

    assertThat(text())
        .isEqualTo("\r\033[2K  a  one\n\033[1A\r\033[2K  a  one\n\r\033[2K  b  a text\n");
  }

  private LiveLines lines(int columns) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new LiveLines(new Console(stream, stream, columns), now::get);
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
