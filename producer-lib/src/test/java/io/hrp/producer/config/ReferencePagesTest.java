package io.hrp.producer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.producer.metrics.ProducerMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The producer's tables in the reference pages agree with the code. With {@code
 * -Dhrp.docs.write=true} they are written instead.
 */
final class ReferencePagesTest {
  private static final boolean WRITE = Boolean.getBoolean("hrp.docs.write");

  @Test
  void theKeysStandInTheConfigurationPage() throws IOException {
    String keys =
        Arrays.stream(PublisherKey.values())
            .map(ReferencePagesTest::row)
            .collect(
                Collectors.joining(
                    "\n",
                    "| key | default | range | tier | meaning |\n|---|---|---|---|---|\n",
                    "\n"));
    String refused =
        new TreeMap<>(KafkaClientSettings.OWNED)
            .entrySet().stream()
                .map(
                    owned ->
                        "| `"
                            + PublisherKey.KAFKA_PREFIX
                            + owned.getKey()
                            + "` | "
                            + owned.getValue()
                            + " |")
                .collect(Collectors.joining("\n", "\n| cannot be set | why |\n|---|---|\n", "\n"));

    assertUpToDate("docs/configuration.md", "producer", keys + refused);
    assertUpToDate("docs/producer.md", "producer", keys + refused);
  }

  @Test
  void theMetricsStandInTheMetricsPage() throws IOException {
    String metrics =
        Arrays.stream(ProducerMetric.values())
            .map(ReferencePagesTest::row)
            .collect(
                Collectors.joining(
                    "\n",
                    "| metric | kind | unit | labels | meaning |\n|---|---|---|---|---|\n",
                    "\n"));

    assertUpToDate("docs/metrics.md", "producer", metrics);
  }

  private static String row(PublisherKey key) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %s | %s |",
        key.key(),
        key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`",
        key.range(),
        key.tier().name().toLowerCase(Locale.ROOT),
        key.help());
  }

  private static String row(ProducerMetric metric) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %s | %s |",
        metric.metricName(),
        metric.kind().name().toLowerCase(Locale.ROOT),
        metric.unit(),
        metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", ")),
        metric.help());
  }

  private static void assertUpToDate(String page, String section, String expected)
      throws IOException {
    Path file = Path.of("..").resolve(page);
    String text = Files.readString(file);
    String begin = "<!-- generated: " + section + " -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("<!-- end: " + section + " -->\n");
    assertThat(to)
        .as("%s has the marker lines of section '%s'", page, section)
        .isGreaterThan(from - 1);
    if (WRITE) {
      Files.writeString(file, text.substring(0, from) + expected + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to))
        .as("%s is stale: run mvn test -pl producer-lib -am -Dhrp.docs.write=true", page)
        .isEqualTo(expected);
  }
}
