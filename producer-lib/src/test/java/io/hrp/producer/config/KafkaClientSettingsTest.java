package io.hrp.producer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KafkaClientSettingsTest {
  @Test
  void ownsWhatTheGuaranteesNeed() {
    Map<String, Object> settings =
        KafkaClientSettings.of(
                PublisherOptions.builder()
                    .bootstrapServers("b:1")
                    .maxBlock(Duration.ofSeconds(3))
                    .kafka("linger.ms", "20")
                    .kafka("compression.type", "zstd")
                    .build())
            .producer();

    assertThat(settings)
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("max.block.ms", "3000")
        .containsEntry("linger.ms", "20")
        .containsEntry("compression.type", "zstd")
        .containsEntry("bootstrap.servers", "b:1");
  }

  @Test
  void compressesWithLz4UnlessTold() {
    PublisherOptions options = PublisherOptions.builder().bootstrapServers("b:1").build();

    assertThat(KafkaClientSettings.of(options).producer()).containsEntry("compression.type", "lz4");
  }

  @Test
  void refusesEveryKeyItMustOwnAtOnce() {
    PublisherOptions options =
        PublisherOptions.builder()
            .bootstrapServers("b:1")
            .kafka("acks", "1")
            .kafka("enable.idempotence", "false")
            .kafka("partitioner.class", "x.Y")
            .build();

    InvalidOptionsException failure =
        catchThrowableOfType(InvalidOptionsException.class, () -> KafkaClientSettings.of(options));

    assertThat(failure.problems())
        .hasSize(3)
        .anySatisfy(problem -> assertThat(problem).startsWith("kafka.acks cannot be set"))
        .anySatisfy(problem -> assertThat(problem).startsWith("kafka.enable.idempotence"))
        .anySatisfy(problem -> assertThat(problem).startsWith("kafka.partitioner.class"));
  }

  @Test
  void theLimitInFlightMustHoldTheLargestRecord() {
    PublisherOptions options =
        PublisherOptions.builder()
            .bootstrapServers("b:1")
            .maxInFlightBytes(1_000)
            .kafka("max.request.size", "2000")
            .build();

    InvalidOptionsException failure =
        catchThrowableOfType(InvalidOptionsException.class, () -> KafkaClientSettings.of(options));

    assertThat(failure.problems()).hasSize(1);
    assertThat(failure).hasMessageContaining("must be at least max.request.size, which is 2000");
  }

  @Test
  void readersGetConnectionSettingsAndNotTheProducersOwn() {
    PublisherOptions options =
        PublisherOptions.builder()
            .bootstrapServers("b:1")
            .kafka("security.protocol", "SSL")
            .kafka("linger.ms", "20")
            .build();

    assertThat(KafkaClientSettings.of(options).reader())
        .isEqualTo(Map.of("bootstrap.servers", "b:1", "security.protocol", "SSL"));
  }
}
