package io.hrp.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.ops.sandbox.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The programs that docs/producer.md shows are those that the tests compile and run. With {@code
 * -Dhrp.docs.write=true} they are written into the page instead.
 */
final class ProducerPageTest {
  private static final Path ROOT = Installation.current().root();
  private static final Path PAGE = ROOT.resolve("docs/producer.md");
  private static final Pattern SOURCE =
      Pattern.compile("<!-- source: (\\S+) -->\n(.*?)<!-- end of source -->\n", Pattern.DOTALL);

  @Test
  void thePageHoldsTheProgramsAsTheyAreRun() throws IOException {
    String text = Files.readString(PAGE);
    String expected = SOURCE.matcher(text).replaceAll(ProducerPageTest::withItsSource);
    assertThat(SOURCE.matcher(text).results()).hasSizeGreaterThanOrEqualTo(7);

    if (Boolean.getBoolean("hrp.docs.write")) {
      Files.writeString(PAGE, expected);
      return;
    }
    assertThat(text)
        .as("docs/producer.md is stale: mvn test -pl integration-tests -am -Dhrp.docs.write=true")
        .isEqualTo(expected);
  }

  @Test
  void aJobChangesOneLineAndItsImport() throws IOException {
    List<String> direct = code("ImportOrders");
    List<String> published = new ArrayList<>(code("PublishOrders"));

    List<String> kept = new ArrayList<>(direct);
    kept.removeAll(published);
    published.removeAll(direct);

    assertThat(kept)
        .containsExactly(
            "import org.apache.hadoop.hbase.mapreduce.TableOutputFormat;",
            "    job.setOutputFormatClass(TableOutputFormat.class);");
    assertThat(published)
        .containsExactly(
            "import io.hrp.producer.mapreduce.HrpOutputFormat;",
            "    job.setOutputFormatClass(HrpOutputFormat.class);");
  }

  /** A program's lines without its comment, its own name taken out. */
  private static List<String> code(String name) throws IOException {
    Path file =
        ROOT.resolve("integration-tests/tools/mapreduce/src/main/java/com/example/orders")
            .resolve(name + ".java");
    return Files.readAllLines(file).stream()
        .filter(line -> !line.startsWith("/**"))
        .map(line -> line.replace(name, "Job"))
        .toList();
  }

  private static String withItsSource(MatchResult found) {
    try {
      return Matcher.quoteReplacement(
          "<!-- source: "
              + found.group(1)
              + (found.group(1).endsWith(".scala") ? " -->\n```scala\n" : " -->\n```java\n")
              + Files.readString(ROOT.resolve(found.group(1)))
              + "```\n<!-- end of source -->\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
