package io.hrp.producer.config;

import java.util.HashMap;
import java.util.Map;

/**
 * Turns the names of Kafka's classes in settings into what they are called where this library runs.
 *
 * <p>In the shaded artifact Kafka's classes lie in another package. Users write the names they
 * know, from Kafka's documentation or from a cluster's own instructions: {@code sasl.jaas.config},
 * {@code sasl.login.callback.handler.class}, {@code metric.reporters}. In the ordinary artifact the
 * names are the same and nothing changes.
 *
 * <p>The build that moves Kafka's classes also rewrites string constants that begin with their old
 * package. This class lives on that: {@link #ACTUAL} is such a constant, and {@link #WRITTEN} is
 * put together at run time so that it is none. The tests of the shaded artifact hold both.
 */
final class KafkaClassNames {
  private static final String ACTUAL = "org.apache.kafka.";
  private static final String WRITTEN = String.join(".", "org", "apache", "kafka", "");
  private static final String JAAS_CONFIG = "sasl.jaas.config";

  private KafkaClassNames() {}

  /** The settings with every name of a class of Kafka's as it is here. */
  static Map<String, String> actual(Map<String, String> settings) {
    return actual(settings, ACTUAL);
  }

  /** For tests, which choose where Kafka lies. */
  static Map<String, String> actual(Map<String, String> settings, String actualPrefix) {
    if (actualPrefix.equals(WRITTEN)) {
      return settings;
    }
    Map<String, String> actual = new HashMap<>();
    settings.forEach(
        (key, value) ->
            actual.put(
                key,
                key.endsWith(JAAS_CONFIG)
                    ? inJaasConfig(value, actualPrefix)
                    : inList(value, actualPrefix)));
    return actual;
  }

  /** One class, or several joined by commas; no other value begins with the package's name. */
  private static String inList(String value, String actualPrefix) {
    if (!value.contains(WRITTEN)) {
      return value;
    }
    String[] elements = value.split(",", -1);
    for (int i = 0; i < elements.length; i++) {
      if (elements[i].trim().startsWith(WRITTEN)) {
        elements[i] = actualPrefix + elements[i].trim().substring(WRITTEN.length());
      }
    }
    return String.join(",", elements);
  }

  /**
   * The login modules of entries such as {@code Module required user="x";}: the first word of each,
   * and nothing inside quotes, where a password may hold anything.
   */
  private static String inJaasConfig(String value, String actualPrefix) {
    StringBuilder actual = new StringBuilder();
    boolean quoted = false;
    boolean atModule = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (atModule && value.startsWith(WRITTEN, i)) {
        actual.append(actualPrefix);
        i += WRITTEN.length() - 1;
        atModule = false;
        continue;
      }
      actual.append(c);
      if (quoted && c == '\\' && i + 1 < value.length()) {
        actual.append(value.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
        atModule = false;
      } else if (!quoted && c == ';') {
        atModule = true;
      } else if (!Character.isWhitespace(c)) {
        atModule = false;
      }
    }
    return actual.toString();
  }
}
