package io.hrp.control.log;

import io.hrp.control.DaemonStatus;
import io.hrp.control.StatusSink;
import io.hrp.wire.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports a daemon's status to the status topic. A report that could not be sent is dropped with a
 * warning at most once a minute. Thread-safe.
 */
public final class StatusWriter implements StatusSink, AutoCloseable {
  /** Longest time a caller waits, for the topic's metadata or for room in the buffer. */
  private static final int MAX_BLOCK_MS = 1_000;

  private static final int REQUEST_TIMEOUT_MS = 2_000;

  /** After two more reports a late one is worth nothing. */
  private static final int DELIVERY_TIMEOUT_MS = 5_000;

  private static final Logger log = LoggerFactory.getLogger(StatusWriter.class);

  private final Producer<byte[], byte[]> producer;
  private final Complaints complaints;

  private StatusWriter(Producer<byte[], byte[]> producer, LongSupplier nanoTicker) {
    this.producer = producer;
    this.complaints = new Complaints(nanoTicker);
  }

  /**
   * Opens a producer.
   *
   * @param kafka settings of the clients, {@code bootstrap.servers} among them
   * @param nanoTicker {@code System::nanoTime}
   */
  public static StatusWriter open(Map<String, ?> kafka, LongSupplier nanoTicker) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "hrp-status-writer");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    try {
      return new StatusWriter(new KafkaProducer<>(settings), nanoTicker);
    } catch (KafkaException e) {
      throw KafkaFailures.translate("open a producer for '" + TopicNames.STATUS + "'", e);
    }
  }

  @Override
  public void report(DaemonStatus status) {
    try {
      // The callback has the outcome.
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(
                  TopicNames.STATUS,
                  0,
                  status.daemonId().getBytes(StandardCharsets.UTF_8),
                  StatusCodec.encode(status)),
              (metadata, failure) -> finished(failure));
    } catch (KafkaException e) {
      finished(e);
    }
  }

  private void finished(@Nullable Exception failure) {
    if (failure == null) {
      complaints.clear();
      return;
    }
    long times = complaints.due();
    if (times > 0) {
      log.warn(
          "cannot report status, the command line will take this daemon for gone topic={} times={}"
              + " error={}",
          TopicNames.STATUS,
          times,
          failure.toString());
    }
  }

  /** Waits a moment for reports under way. */
  @Override
  public void close() {
    producer.close(Duration.ofMillis(DELIVERY_TIMEOUT_MS));
  }
}
