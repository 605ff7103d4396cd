package io.hrp.producer.config;

import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.api.TimestampPolicy;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Reads {@code hrp.producer.*} out of a flat configuration, such as Hadoop's or Spark's. Keys that
 * begin otherwise are other people's and left alone; an unknown key under the prefix is an error.
 */
public final class FlatOptions {
  private final Map<String, String> ours = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private FlatOptions(Map<String, String> configuration) {
    configuration.forEach(
        (key, value) -> {
          if (key.startsWith(PublisherKey.PREFIX)) {
            ours.put(key, value.trim());
          }
        });
  }

  /**
   * A builder filled from the keys.
   *
   * @throws InvalidOptionsException with every unknown key and every wrong value at once
   */
  public static PublisherOptions.Builder read(Map<String, String> configuration) {
    return new FlatOptions(configuration).toBuilder();
  }

  private PublisherOptions.Builder toBuilder() {
    refuseUnknownKeys();
    PublisherOptions.Builder builder = PublisherOptions.builder();
    Map<String, String> fromFile = kafkaConfigFile();
    fromFile.forEach(builder::kafka);
    ours.forEach(
        (key, value) -> {
          if (key.startsWith(PublisherKey.KAFKA_PREFIX)) {
            builder.kafka(key.substring(PublisherKey.KAFKA_PREFIX.length()), value);
          }
        });
    if (!ours.containsKey(PublisherKey.KAFKA_PREFIX + "bootstrap.servers")
        && !fromFile.containsKey("bootstrap.servers")) {
      problems.add(PublisherKey.KAFKA_PREFIX + "bootstrap.servers is missing");
    }
    policy().ifPresent(builder::timestampPolicy);
    number(PublisherKey.TIMESTAMP_MAX_AHEAD_MS, 1, 3_600_000)
        .ifPresent(ms -> builder.maxAhead(Duration.ofMillis(ms)));
    number(PublisherKey.TIMESTAMP_MAX_SKEW_MS, 1, 31_536_000_000L)
        .ifPresent(ms -> builder.maxSkew(Duration.ofMillis(ms)));
    if (!text(PublisherKey.WRITER).isEmpty()) {
      builder.writer(text(PublisherKey.WRITER));
    }
    builder.jmxEnabled(flag(PublisherKey.JMX_ENABLED));
    number(PublisherKey.MAX_BLOCK_MS, 1, 3_600_000)
        .ifPresent(ms -> builder.maxBlock(Duration.ofMillis(ms)));
    number(PublisherKey.CLOSE_TIMEOUT_MS, 0, 86_400_000)
        .ifPresent(ms -> builder.closeTimeout(Duration.ofMillis(ms)));
    number(PublisherKey.MAX_IN_FLIGHT_BYTES, 1, PublisherOptions.HIGHEST_IN_FLIGHT_BYTES)
        .ifPresent(builder::maxInFlightBytes);
    number(PublisherKey.MAX_IN_FLIGHT_RECORDS, 1, PublisherOptions.HIGHEST_IN_FLIGHT_RECORDS)
        .ifPresent(records -> builder.maxInFlightRecords((int) records));
    for (String name : text(PublisherKey.ATTRIBUTES_ALLOWED).split(",", -1)) {
      if (!name.isBlank()) {
        builder.allowAttribute(name.trim());
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    return builder;
  }

  private Map<String, String> kafkaConfigFile() {
    String path = text(PublisherKey.KAFKA_CONFIG_FILE);
    Map<String, String> settings = new TreeMap<>();
    if (path.isEmpty()) {
      return settings;
    }
    Properties properties = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(path))) {
      properties.load(file);
    } catch (IOException | IllegalArgumentException e) {
      // Only the kind of the failure: a malformed line of this file may hold a secret.
      problems.add(
          PublisherKey.KAFKA_CONFIG_FILE.key()
              + " is '"
              + path
              + "', which cannot be read: "
              + e.getClass().getSimpleName());
    }
    properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
    return settings;
  }

  private void refuseUnknownKeys() {
    for (String key : ours.keySet()) {
      if (!key.startsWith(PublisherKey.KAFKA_PREFIX) && !isKnown(key)) {
        problems.add(
            "unknown key '"
                + key
                + "'"
                + nearest(key).map(near -> ", did you mean '" + near + "'?").orElse(""));
      }
    }
  }

  private Optional<TimestampPolicy> policy() {
    String policy = text(PublisherKey.TIMESTAMP_POLICY);
    boolean isJob = policy.equals("job");
    if (!isJob && !policy.equals("row") && !policy.isEmpty()) {
      problems.add(
          PublisherKey.TIMESTAMP_POLICY.key() + " must be row or job, got '" + policy + "'");
      return Optional.empty();
    }
    boolean hasTimestamp = !text(PublisherKey.TIMESTAMP_JOB_MS).isEmpty();
    if (isJob != hasTimestamp) {
      problems.add(
          PublisherKey.TIMESTAMP_JOB_MS.key()
              + " must be set with timestamp.policy=job, and only then");
      return Optional.empty();
    }
    OptionalLong timestamp = number(PublisherKey.TIMESTAMP_JOB_MS, 0, Long.MAX_VALUE - 1);
    return timestamp.isPresent()
        ? Optional.of(TimestampPolicy.job(timestamp.getAsLong()))
        : Optional.empty();
  }

  private OptionalLong number(PublisherKey key, long lowest, long highest) {
    String text = text(key);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(text);
      if (number >= lowest && number <= highest) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words as a number out of range.
    }
    problems.add(key.key() + " must be a whole number, " + key.range() + ", got '" + text + "'");
    return OptionalLong.empty();
  }

  /** False unless set. */
  private boolean flag(PublisherKey key) {
    String text = text(key);
    if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
      problems.add(key.key() + " must be true or false, got '" + text + "'");
    }
    return text.equals("true");
  }

  private String text(PublisherKey key) {
    return ours.getOrDefault(key.key(), "");
  }

  private static boolean isKnown(String key) {
    for (PublisherKey known : PublisherKey.values()) {
      if (known.key().equals(key)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> nearest(String key) {
    String best = "";
    // Further off than a third of the key is no slip of the pen.
    int bestDistance = (key.length() - PublisherKey.PREFIX.length()) / 3 + 1;
    for (PublisherKey known : PublisherKey.values()) {
      int distance = distance(key, known.key());
      if (distance < bestDistance) {
        bestDistance = distance;
        best = known.key();
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /** Levenshtein's distance. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
