package io.hrp.consumer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A section of a documentation page that is generated from code. It stands between two marker
 * lines, so that pages can hold sections of several modules beside text written by hand.
 */
public final class GeneratedSection {
  private static final boolean WRITE = Boolean.getBoolean("hrp.docs.write");

  private GeneratedSection() {}

  /**
   * Fails if the section of the page is not {@code expected}. With {@code -Dhrp.docs.write=true} it
   * writes the section instead.
   *
   * @param page relative to the root of the repository
   * @param section the name in the marker lines
   */
  public static void assertUpToDate(String page, String section, String expected) {
    Path file = Path.of("..").resolve(page);
    String begin = "<!-- generated: " + section + " -->\n";
    String end = "<!-- end: " + section + " -->\n";
    try {
      String text = Files.readString(file);
      int from = text.indexOf(begin);
      int to = text.indexOf(end);
      assertThat(from >= 0 && to > from)
          .as("%s has the marker lines of section '%s'", page, section)
          .isTrue();
      String current = text.substring(from + begin.length(), to);
      if (WRITE && !current.equals(expected)) {
        Files.writeString(
            file, text.substring(0, from + begin.length()) + expected + text.substring(to));
        return;
      }
      assertThat(current)
          .as("%s is stale: run mvn test -pl consumer-daemon -am -Dhrp.docs.write=true", page)
          .isEqualTo(expected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
