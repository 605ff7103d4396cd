package io.hrp.producer.shaded;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What is in the jar, and what stands in its pom. */
final class ShadedJarIT {
  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(System.getProperty("hrp.shaded.jar"))) {
      return jar.stream().map(ZipEntry::getName).collect(Collectors.toList());
    }
  }

  /** One class has to stand in HBase's package: tools cast to a private type there. */
  @Test
  void holdsNoClassOutsideOfHrpsOwnPackagesButTheBridge() throws IOException {
    assertThat(entries())
        .filteredOn(name -> name.endsWith(".class") && !name.startsWith("io/hrp/"))
        .containsExactly("org/apache/hadoop/hbase/client/HrpClusterConnection.class");
  }

  @Test
  void holdsNeitherCodecsNorMetricsNorLogging() throws IOException {
    assertThat(entries())
        .noneMatch(
            name ->
                name.endsWith(".so")
                    || name.endsWith(".dll")
                    || name.contains("net/jpountz")
                    || name.contains("luben")
                    || name.contains("xerial")
                    || name.contains("codahale")
                    || name.contains("slf4j"));
  }

  @Test
  void holdsTheLibraryItsSparkHelperAndTheMovedOnes() throws IOException {
    assertThat(entries())
        .contains(
            "io/hrp/producer/HrpPublishers.class",
            "io/hrp/producer/spark/SparkPublish.class",
            "io/hrp/producer/mapreduce/HrpOutputFormat.class",
            "io/hrp/wire/MutationEncoder.class",
            "io/hrp/shaded/kafka/clients/producer/KafkaProducer.class",
            "io/hrp/shaded/protobuf/MessageLite.class",
            "io/hrp/shaded/hdrhistogram/Histogram.class");
  }

  @Test
  void namesItsServicesAsTheyAreCalledInIt() throws IOException {
    String service = "META-INF/services/io.hrp.shaded.kafka.common.config.provider.ConfigProvider";
    assertThat(entries()).contains(service).noneMatch(name -> name.contains("services/org.apache"));
    try (JarFile jar = new JarFile(System.getProperty("hrp.shaded.jar"))) {
      String text =
          new String(
              jar.getInputStream(requireNonNull(jar.getEntry(service))).readAllBytes(),
              StandardCharsets.UTF_8);
      List<String> providers =
          Pattern.compile("^[a-z][\\w.$]+", Pattern.MULTILINE)
              .matcher(text)
              .results()
              .map(MatchResult::group)
              .collect(Collectors.toList());
      assertThat(providers)
          .isNotEmpty()
          .allSatisfy(name -> assertThat(name).startsWith("io.hrp.shaded.kafka."));
    }
  }

  @Test
  void dependsOnlyOnWhatMustNotBeMoved() throws Exception {
    NodeList dependencies =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new File(requireNonNull(System.getProperty("hrp.shaded.pom"))))
            .getElementsByTagName("dependency");
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      String scope = text(dependency, "scope");
      if (!scope.equals("test") && !scope.equals("provided")) {
        names.add(text(dependency, "artifactId"));
      }
    }

    assertThat(names)
        .containsExactly(
            "error_prone_annotations",
            "jspecify",
            "lz4-java",
            "metrics-core",
            "slf4j-api",
            "snappy-java",
            "zstd-jni");
  }

  private static String text(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }
}
