package io.hrp.consumer.deadletter;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.DeadLetterHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one letter at a time and turns what Kafka says into the sink's typed failures.
 *
 * <p>A topic whose metadata did not come is not asked for again for {@link #SHUN}: meanwhile its
 * letters fail at once, so that one table without a dead-letter topic does not hold up the others.
 * A producer that has failed in a way it does not recover from is replaced before the next letter.
 *
 * <p>Owned by one thread, but for {@link #fail}, which Kafka's network thread calls.
 */
final class LetterSender {
  private static final Duration SHUN = Duration.ofSeconds(10);

  /** A send that fails sooner has hardly held anybody up. */
  private static final Duration SLOW = Duration.ofSeconds(1);

  private final Supplier<Producer<byte[], byte[]>> producers;
  private final LongSupplier nanoTicker;
  private final Map<String, Long> shunnedUntilNanos = new HashMap<>();
  private @Nullable Producer<byte[], byte[]> producer;

  /** The producer that is beyond repair; written by Kafka's network thread too. */
  private volatile @Nullable Producer<byte[], byte[]> broken;

  record Pending(DeadLetter letter, String topic, CompletableFuture<Void> done) {}

  LetterSender(Supplier<Producer<byte[], byte[]>> producers, LongSupplier nanoTicker) {
    this.producers = requireNonNull(producers, "producers");
    this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker");
  }

  /** Sends; may block for the topic's metadata. The letter's future hears of the end. */
  void send(Pending pending) {
    String topic = pending.topic();
    long now = nanoTicker.getAsLong();
    Long shunnedUntil = shunnedUntilNanos.get(topic);
    if (shunnedUntil != null && shunnedUntil - now > 0) {
      fail(pending, null, new KafkaException("the topic did not answer a moment ago"));
      return;
    }
    shunnedUntilNanos.remove(topic);
    Producer<byte[], byte[]> current = null;
    try {
      current = producer();
      Producer<byte[], byte[]> used = current;
      var unused =
          current.send(
              record(pending),
              (metadata, failure) -> {
                if (failure == null) {
                  pending.done().complete(null);
                } else {
                  fail(pending, used, failure);
                }
              });
    } catch (InterruptException e) {
      // Only closing interrupts this thread; the flag is set again by Kafka.
      fail(pending, null, e);
    } catch (KafkaException | IllegalStateException e) {
      fail(pending, current, e);
    }
    long after = nanoTicker.getAsLong();
    if (pending.done().isCompletedExceptionally() && after - now > SLOW.toNanos()) {
      // It blocked for metadata that did not come.
      shunnedUntilNanos.put(topic, after + SHUN.toNanos());
    }
  }

  /** Lets go of the producer, after what was sent is settled or the deadline has passed. */
  void close(Duration deadline) {
    Producer<byte[], byte[]> current = producer;
    producer = null;
    if (current != null) {
      current.close(deadline);
    }
  }

  private Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> current = producer;
    if (current != null && current == broken) {
      current.close(Duration.ZERO);
      current = null;
    }
    if (current == null) {
      current = producers.get();
      producer = current;
    }
    return current;
  }

  private static ProducerRecord<byte[], byte[]> record(Pending pending) {
    DeadLetter letter = pending.letter();
    SourceRecord source = letter.source();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            pending.topic(), source.partition(), source.keyBytes(), source.valueBytes());
    DeadLetterHeaders.builder()
        .peer(letter.peer())
        .source(source.topic(), source.partition(), source.offset())
        .error(
            letter.reason().kind().name(),
            letter.errorClass(),
            letter.reason().label() + ": " + letter.message())
        .failedAtMs(letter.failedAt().toEpochMilli())
        .attempts(letter.attempts())
        .build()
        .toHeaders()
        .forEach(header -> record.headers().add(header.getKey(), header.getValue()));
    return record;
  }

  private void fail(Pending pending, @Nullable Producer<byte[], byte[]> used, Exception failure) {
    SourceRecord source = pending.letter().source();
    if (failure instanceof RecordTooLargeException) {
      pending
          .done()
          .completeExceptionally(new DeadLetterTooLargeException(pending.topic(), source, failure));
      return;
    }
    if (used != null && !(failure instanceof RetriableException)) {
      broken = used;
    }
    String why = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    pending
        .done()
        .completeExceptionally(
            new DeadLetterUnavailableException(pending.topic(), source, why, failure));
  }
}
