package io.hrp.consumer.deadletter;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka producers for dead letters: every copy acknowledged, nothing written twice. */
final class DeadLetterProducers implements Supplier<Producer<byte[], byte[]>> {
  /**
   * How long a send may block for the topic's metadata. Other tables' letters wait meanwhile, so it
   * is short; a broker that is there answers in milliseconds.
   */
  private static final Duration MAX_BLOCK = Duration.ofSeconds(3);

  /**
   * No bound of ours: what the source topic took, the brokers judge. The buffer grows on demand.
   */
  private static final int MAX_REQUEST_BYTES = 128 << 20;

  private static final long BUFFER_BYTES = 160L << 20;

  private final Map<String, Object> settings;

  /**
   * Settles on the settings; connects to nothing.
   *
   * @param clientProperties brokers, security and whatever else an operator passed through
   * @param timeout longest wait for the acknowledgement of one record
   */
  DeadLetterProducers(Map<String, String> clientProperties, Duration timeout) {
    requireNonNull(timeout, "timeout");
    this.settings = new HashMap<>(clientProperties);
    int timeoutMs = Math.toIntExact(timeout.toMillis());
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "hrp-dead-letter");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(timeoutMs / 2, 1));
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMs);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(MAX_BLOCK.toMillis(), timeoutMs));
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
  }

  @Override
  public Producer<byte[], byte[]> get() {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  Map<String, Object> settings() {
    return Map.copyOf(settings);
  }
}
