package io.hrp.producer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlatOptionsTest {
  private static final Map<String, String> LEAST =
      Map.of("hrp.producer.kafka.bootstrap.servers", "broker:9092");

  @Test
  void everyKeyHasADefaultButTheBrokers() {
    PublisherOptions options = FlatOptions.read(LEAST).build();

    assertThat(options.kafka()).isEqualTo(Map.of("bootstrap.servers", "broker:9092"));
    assertThat(options.timestampPolicy().jobTimestamp()).isEmpty();
    assertThat(options.maxAhead())
        .isEqualTo(Duration.ofMillis(defaultOf(PublisherKey.TIMESTAMP_MAX_AHEAD_MS)));
    assertThat(options.maxBlock())
        .isEqualTo(Duration.ofMillis(defaultOf(PublisherKey.MAX_BLOCK_MS)));
    assertThat(options.closeTimeout())
        .isEqualTo(Duration.ofMillis(defaultOf(PublisherKey.CLOSE_TIMEOUT_MS)));
    assertThat(options.maxInFlightBytes()).isEqualTo(defaultOf(PublisherKey.MAX_IN_FLIGHT_BYTES));
    assertThat(options.maxInFlightRecords())
        .isEqualTo((int) defaultOf(PublisherKey.MAX_IN_FLIGHT_RECORDS));
    assertThat(options.allowedAttributes()).isEmpty();
    assertThat(options.maxSkew())
        .isEqualTo(Duration.ofMillis(defaultOf(PublisherKey.TIMESTAMP_MAX_SKEW_MS)));
    assertThat(options.writer()).contains("@");
    assertThat(options.jmxEnabled()).isFalse();
  }

  @Test
  void everyKeyIsRead() {
    Map<String, String> all = new HashMap<>(LEAST);
    all.put("hrp.producer.timestamp.policy", "job");
    all.put("hrp.producer.timestamp.job-ms", "123");
    all.put("hrp.producer.timestamp.max-ahead-ms", "7");
    all.put("hrp.producer.max-block-ms", " 8 ");
    all.put("hrp.producer.max-in-flight-bytes", "9000000");
    all.put("hrp.producer.max-in-flight-records", "10");
    all.put("hrp.producer.close.timeout-ms", "0");
    all.put("hrp.producer.attributes.allowed", "a, b");
    all.put("hrp.producer.kafka.linger.ms", "11");
    all.put("hrp.producer.timestamp.max-skew-ms", "12");
    all.put("hrp.producer.writer", "nightly");
    all.put("hrp.producer.jmx.enabled", "true");
    all.put("spark.app.name", "other people's");

    PublisherOptions options = FlatOptions.read(all).build();

    assertThat(options.timestampPolicy().jobTimestamp()).hasValue(123);
    assertThat(options.maxAhead()).isEqualTo(Duration.ofMillis(7));
    assertThat(options.maxBlock()).isEqualTo(Duration.ofMillis(8));
    assertThat(options.maxSkew()).isEqualTo(Duration.ofMillis(12));
    assertThat(options.writer()).isEqualTo("nightly");
    assertThat(options.jmxEnabled()).isTrue();
    assertThat(options.maxInFlightBytes()).isEqualTo(9_000_000);
    assertThat(options.maxInFlightRecords()).isEqualTo(10);
    assertThat(options.closeTimeout()).isZero();
    assertThat(options.allowedAttributes()).containsExactlyInAnyOrder("a", "b");
    assertThat(options.kafka()).containsEntry("linger.ms", "11").hasSize(2);
  }

  @Test
  void listsEveryProblemAtOnceWithTheKeyThatWasMeant() {
    Map<String, String> wrong =
        Map.of(
            "hrp.producer.max-blok-ms", "1",
            "hrp.producer.max-in-flight-records", "none",
            "hrp.producer.timestamp.policy", "clock",
            "hrp.producer.jmx.enabled", "yes",
            "hrp.producer.timestamp.max-ahead-ms", "0");

    InvalidOptionsException failure =
        catchThrowableOfType(InvalidOptionsException.class, () -> FlatOptions.read(wrong));

    assertThat(failure.problems())
        .hasSize(6)
        .anySatisfy(
            problem -> assertThat(problem).contains("did you mean 'hrp.producer.max-block-ms'"))
        .anySatisfy(problem -> assertThat(problem).contains("bootstrap.servers is missing"))
        .anySatisfy(problem -> assertThat(problem).contains("must be row or job, got 'clock'"));
  }

  @Test
  void aJobsTimestampAndItsPolicyGoTogether() {
    Map<String, String> without = new HashMap<>(LEAST);
    without.put("hrp.producer.timestamp.policy", "job");
    Map<String, String> alone = new HashMap<>(LEAST);
    alone.put("hrp.producer.timestamp.job-ms", "5");

    assertThatThrownBy(() -> FlatOptions.read(without)).hasMessageContaining("timestamp.job-ms");
    assertThatThrownBy(() -> FlatOptions.read(alone)).hasMessageContaining("timestamp.job-ms");
  }

  @Test
  void aFileGivesKafkasSettingsUnderTheirOwnNames(@TempDir Path dir) throws IOException {
    Path file = Files.write(dir.resolve("kafka.properties"), List.of("bootstrap.servers=b:1"));

    PublisherOptions options =
        FlatOptions.read(Map.of("hrp.producer.kafka-config-file", file.toString())).build();

    assertThat(options.kafka()).isEqualTo(Map.of("bootstrap.servers", "b:1"));
  }

  @Test
  void aFileThatCannotBeReadIsAProblem(@TempDir Path dir) {
    Map<String, String> missing = new HashMap<>(LEAST);
    missing.put("hrp.producer.kafka-config-file", dir.resolve("missing").toString());

    assertThatThrownBy(() -> FlatOptions.read(missing))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("missing', which cannot be read: NoSuchFileException");
  }

  private static long defaultOf(PublisherKey key) {
    return Long.parseLong(key.defaultText());
  }
}
