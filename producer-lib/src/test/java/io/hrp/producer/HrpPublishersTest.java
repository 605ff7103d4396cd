package io.hrp.producer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import org.junit.jupiter.api.Test;

final class HrpPublishersTest {
  @Test
  void refusesToLetHBasesOwnAttributesTravel() {
    PublisherOptions options =
        PublisherOptions.builder().bootstrapServers("localhost:1").allowAttribute("_cs.id").build();

    assertThatThrownBy(() -> HrpPublishers.create(options))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("'_cs.id'");
  }

  @Test
  void saysWhatKafkaRefusesOfItsSettings() {
    PublisherOptions options =
        PublisherOptions.builder()
            .bootstrapServers("localhost:1")
            .kafka("compression.type", "zip")
            .build();

    assertThatThrownBy(() -> HrpPublishers.create(options))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("compression.type");
  }
}
