package io.hrp.producer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shaded artifact's own tests show that the names found here are the right ones. */
final class KafkaClassNamesTest {
  private static final String HERE = "moved.kafka.";

  private static String actual(String key, String value) {
    return KafkaClassNames.actual(Map.of(key, value), HERE).getOrDefault(key, "");
  }

  @Test
  void leavesSettingsAloneWhereKafkaWasNotMoved() {
    Map<String, String> settings =
        Map.of(
            "sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required;");

    assertThat(KafkaClassNames.actual(settings)).isSameAs(settings);
  }

  @Test
  void findsTheLoginModuleOfAJaasLine() {
    assertThat(
            actual(
                "sasl.jaas.config",
                " org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\";"))
        .isEqualTo(" moved.kafka.common.security.scram.ScramLoginModule required username=\"u\";");
  }

  @Test
  void findsEveryLoginModuleOfAJaasConfiguration() {
    assertThat(
            actual(
                "sasl.jaas.config",
                "com.sun.security.auth.module.Krb5LoginModule required;\n"
                    + "org.apache.kafka.common.security.plain.PlainLoginModule optional;"))
        .isEqualTo(
            "com.sun.security.auth.module.Krb5LoginModule required;\n"
                + "moved.kafka.common.security.plain.PlainLoginModule optional;");
  }

  @Test
  void leavesPasswordsAlone() {
    String line =
        "Module required password=\"a\\\";org.apache.kafka.x\" other=\"; org.apache.kafka.y\";";

    assertThat(actual("sasl.jaas.config", line)).isEqualTo(line);
  }

  @Test
  void findsClassesInListsOfOtherPeoples() {
    assertThat(
            actual(
                "metric.reporters",
                "com.acme.Reporter, org.apache.kafka.common.metrics.JmxReporter,"
                    + "com.acme.org.apache.kafka.Mine"))
        .isEqualTo(
            "com.acme.Reporter,moved.kafka.common.metrics.JmxReporter,"
                + "com.acme.org.apache.kafka.Mine");
  }

  @Test
  void leavesOtherValuesAlone() {
    assertThat(actual("bootstrap.servers", "kafka-1:9092, kafka-2:9092"))
        .isEqualTo("kafka-1:9092, kafka-2:9092");
  }
}
