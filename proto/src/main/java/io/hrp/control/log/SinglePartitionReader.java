package io.hrp.control.log;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic of one partition to its end, again and again, without a consumer group. Only
 * committed records are seen. Not thread-safe.
 */
final class SinglePartitionReader implements AutoCloseable {
  /** Told of each record in order. */
  interface Sink {
    void accept(ConsumerRecord<byte[], byte[]> record);
  }

  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final LongSupplier nanoTicker;

  /**
   * Begins at the first record.
   *
   * @param consumer owned from now on
   */
  SinglePartitionReader(Consumer<byte[], byte[]> consumer, String topic, LongSupplier nanoTicker) {
    this.consumer = requireNonNull(consumer, "consumer");
    this.partition = new TopicPartition(topic, 0);
    this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker");
    consumer.assign(List.of(partition));
    seekToBeginning();
  }

  static SinglePartitionReader open(Map<String, ?> kafka, String topic, LongSupplier nanoTicker) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    // A position that is gone means that the topic is another one: the owner reads it from the
    // start.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "hrp-reader-" + topic);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return new SinglePartitionReader(new KafkaConsumer<>(settings), topic, nanoTicker);
  }

  void seekToBeginning() {
    consumer.seekToBeginning(List.of(partition));
  }

  /** Goes to the first record of that time or later; to the end if there is none. */
  void seekToTime(long epochMs, Duration timeout) {
    Map<TopicPartition, OffsetAndTimestamp> found =
        consumer.offsetsForTimes(Map.of(partition, epochMs), timeout);
    OffsetAndTimestamp at = found.get(partition);
    if (at == null) {
      consumer.seekToEnd(List.of(partition));
    } else {
      consumer.seek(partition, at.offset());
    }
  }

  /**
   * Reads what was committed before the call, and perhaps some more.
   *
   * @return the position after it
   * @throws PositionGoneException if the topic no longer holds the position: it was deleted and
   *     created again, or cut
   * @throws TimeoutException if the end was not reached in time; the next call goes on from there
   * @throws KafkaException as the consumer throws it
   */
  long readToEnd(Duration timeout, Sink sink) {
    long deadline = nanoTicker.getAsLong() + timeout.toNanos();
    long end = consumer.endOffsets(List.of(partition), timeout).getOrDefault(partition, 0L);
    long position = consumer.position(partition, remaining(deadline));
    if (position > end) {
      throw new PositionGoneException(partition.topic(), position, end);
    }
    while (position < end) {
      try {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          sink.accept(record);
        }
      } catch (org.apache.kafka.clients.consumer.OffsetOutOfRangeException e) {
        throw new PositionGoneException(partition.topic(), position, end);
      }
      position = consumer.position(partition, remaining(deadline));
    }
    return position;
  }

  private Duration remaining(long deadline) {
    long nanos = deadline - nanoTicker.getAsLong();
    if (nanos <= 0) {
      throw new TimeoutException("the end of '" + partition.topic() + "' was not reached in time");
    }
    return Duration.ofNanos(nanos);
  }

  /** Makes a call in progress on another thread fail with a wake-up exception. */
  void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
