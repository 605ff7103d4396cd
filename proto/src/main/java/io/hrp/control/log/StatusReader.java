package io.hrp.control.log;

import static java.util.Objects.requireNonNull;

import io.hrp.control.SeenStatus;
import io.hrp.control.StatusSource;
import io.hrp.wire.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Reads the latest report of every daemon. Keeps its position, so that asking again reads only what
 * is new. Thread-safe.
 */
public final class StatusReader implements StatusSource, AutoCloseable {
  /** How far back a daemon that fell silent is still shown. */
  public static final Duration LOOK_BACK = Duration.ofMinutes(10);

  private final SinglePartitionReader reader;
  private final Clock clock;
  private final Duration timeout;
  private final SortedMap<String, SeenStatus> latest = new TreeMap<>();
  private boolean positioned;

  private StatusReader(SinglePartitionReader reader, Clock clock, Duration timeout) {
    this.reader = reader;
    this.clock = requireNonNull(clock, "clock");
    this.timeout = requireNonNull(timeout, "timeout");
  }

  /**
   * Opens a consumer without a group.
   *
   * @param kafka settings of the clients, {@code bootstrap.servers} among them
   * @param nanoTicker {@code System::nanoTime}
   * @param timeout bounds each request of a read
   */
  public static StatusReader open(
      Map<String, ?> kafka, Clock clock, LongSupplier nanoTicker, Duration timeout) {
    try {
      return new StatusReader(
          SinglePartitionReader.open(kafka, TopicNames.STATUS, nanoTicker), clock, timeout);
    } catch (KafkaException e) {
      throw KafkaFailures.translate("read '" + TopicNames.STATUS + "'", e);
    }
  }

  @Override
  public synchronized List<SeenStatus> latest() {
    try {
      readNew();
    } catch (PositionGoneException e) {
      positioned = false;
      latest.clear();
      throw KafkaFailures.translate("read '" + TopicNames.STATUS + "'", e);
    } catch (KafkaException e) {
      throw KafkaFailures.translate("read '" + TopicNames.STATUS + "'", e);
    }
    return List.copyOf(latest.values());
  }

  private void readNew() {
    Instant oldest = clock.instant().minus(LOOK_BACK);
    if (!positioned) {
      reader.seekToTime(oldest.toEpochMilli(), timeout);
      positioned = true;
    }
    reader.readToEnd(timeout, this::take);
    latest.values().removeIf(seen -> seen.brokerTime().isBefore(oldest));
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    String daemon = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      latest.remove(daemon);
      return;
    }
    Instant brokerTime = Instant.ofEpochMilli(record.timestamp());
    StatusCodec.decode(record.value())
        .ifPresent(
            status -> latest.put(daemon, SeenStatus.of(status, brokerTime, record.offset())));
  }

  @Override
  public synchronized void close() {
    reader.close();
  }
}
