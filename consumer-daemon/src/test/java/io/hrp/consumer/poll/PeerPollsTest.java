package io.hrp.consumer.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.StartPosition;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

final class PeerPollsTest {
  @Test
  void ownsWhatItsGuaranteesRestOn() {
    Map<String, Object> properties =
        properties(Optional.empty(), false, Map.of("auto.offset.reset", "latest"));

    assertThat(properties)
        .containsEntry("group.id", "hrp-east")
        .containsEntry("auto.offset.reset", "none")
        .containsEntry("enable.auto.commit", false)
        .containsEntry("isolation.level", "read_committed")
        .doesNotContainKey("group.instance.id");
  }

  @Test
  void letsAnOperatorTuneTheRest() {
    assertThat(properties(Optional.empty(), false, Map.of("max.poll.records", "7")))
        .containsEntry("max.poll.records", "7");
  }

  @Test
  void joinsUnderItsIdAndThenLeavesTheSessionTimeoutAlone() {
    assertThat(properties(Optional.of("d1"), false, Map.of()))
        .containsEntry("group.instance.id", "d1")
        .doesNotContainKey(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
  }

  @Test
  void givesKafkaNothingThatEitherProtocolRefuses() {
    for (boolean isBrokerAssigned : new boolean[] {false, true}) {
      Map<String, Object> properties = properties(Optional.empty(), isBrokerAssigned, Map.of());

      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(
              properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        assertThat(consumer.groupMetadata().groupId()).isEqualTo("hrp-east");
      }
    }
  }

  private static Map<String, Object> properties(
      Optional<String> daemonId, boolean isBrokerAssigned, Map<String, String> consumer) {
    try (PeerPolls polls =
        new PeerPolls(
            "east",
            new PeerPolls.Member(daemonId, isBrokerAssigned, StartPosition.EARLIEST, "test"),
            new PeerPolls.KafkaProperties(Map.of("bootstrap.servers", "127.0.0.1:1"), consumer))) {
      return polls.consumerProperties();
    }
  }
}
