package io.hrp.producer.internal.send;

import static java.util.Objects.requireNonNull;

import io.hrp.producer.internal.send.SendAttempt.Result;
import io.hrp.wire.WriterHeader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the Kafka producer. Safe for use by any thread.
 *
 * <p>After an error that Kafka's idempotent producer cannot recover from, the producer is given up
 * and not replaced: a new one would have a new producer id, so a record of the old one that is
 * still under way could be written after later records of its row. {@link #abandon} fails all that
 * is in flight.
 */
public final class RecordSender {
  private static final Logger log = LoggerFactory.getLogger(RecordSender.class);

  private final Producer<byte[], byte[]> kafka;
  private final LongSupplier nanoTime;
  private final List<Header> headers;

  /** For tests that bring their own Kafka producer. */
  public RecordSender(Producer<byte[], byte[]> kafka, LongSupplier nanoTime, byte[] writer) {
    this.kafka = requireNonNull(kafka, "kafka");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    this.headers = List.of(new RecordHeader(WriterHeader.NAME, writer));
  }

  /**
   * Creates the Kafka producer; does not wait for a broker.
   *
   * @param settings Kafka's own, without serializers
   * @param writer value of the header that every record carries, see {@link WriterHeader}
   * @throws IllegalArgumentException if Kafka refuses the settings
   */
  public static RecordSender open(
      Map<String, Object> settings, LongSupplier nanoTime, byte[] writer) {
    try {
      return new RecordSender(
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
          nanoTime,
          writer);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(
          "Kafka refuses the producer's settings: " + cause.getMessage(), e);
    }
  }

  /**
   * Hands a record to Kafka. Waits at most Kafka's {@code max.block.ms}, and only if its memory is
   * full or it does not know the topic. If the record is handed over, exactly one of the pending
   * send's methods will be called.
   */
  public SendAttempt send(
      String topic, int partition, byte[] key, byte[] value, PendingSend<?> pending) {
    pending.sendBegins();
    try {
      // The callback tells all that the future would.
      Future<RecordMetadata> unused =
          kafka.send(new ProducerRecord<>(topic, partition, null, key, value, headers), pending);
    } catch (IllegalStateException e) {
      return SendAttempt.refused(Result.CLOSED, e);
    } catch (KafkaException e) {
      return SendAttempt.refused(refusalOf(e), e);
    }
    Exception failure = pending.sendReturned();
    return failure == null
        ? SendAttempt.HANDED_OVER
        : SendAttempt.refused(refusalOf(failure), failure);
  }

  /**
   * Sends what is buffered and waits until every record handed over before has been called back.
   * Not to be called on Kafka's sender thread, which would wait for itself.
   *
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public void flush() throws InterruptedException {
    try {
      kafka.flush();
    } catch (InterruptException e) {
      throw interrupted(e);
    }
  }

  /**
   * Flushes, but returns at the deadline: Kafka's own flush has none, so it runs on a thread of its
   * own, which goes on until {@code delivery.timeout.ms} at the latest.
   */
  public void flush(Duration deadline) throws InterruptedException {
    if (deadline.toMillis() <= 0) {
      return;
    }
    Thread flusher = new Thread(this::flushKafka, "hrp-producer-flusher");
    flusher.setDaemon(true);
    flusher.start();
    flusher.join(deadline.toMillis());
  }

  private void flushKafka() {
    try {
      kafka.flush();
    } catch (KafkaException e) {
      log.debug("a flush ended early; the futures say what failed", e);
    }
  }

  /** Fails everything in flight and lets go, without waiting. For any thread. */
  public void abandon() {
    startCloser(Duration.ZERO, () -> {});
  }

  /**
   * Waits for what is in flight, fails what is left, lets go of Kafka, and then runs {@code
   * andThen}. The work is done by a thread of its own, so that the call ends at the deadline even
   * if a continuation holds up Kafka's sender thread.
   *
   * @return whether all of it was done in time
   */
  public boolean close(Duration deadline, Runnable andThen) throws InterruptedException {
    long end = nanoTime.getAsLong() + deadline.toNanos();
    // Kafka gives up what is left only after its own timeout, and calling that back takes a moment.
    long margin = Math.min(Duration.ofMillis(500).toNanos(), deadline.toNanos() / 5);
    Thread closer = startCloser(deadline.minusNanos(margin), andThen);
    long leftMs = (end - nanoTime.getAsLong()) / 1_000_000;
    if (leftMs > 0) {
      closer.join(leftMs);
    }
    return !closer.isAlive();
  }

  private Thread startCloser(Duration kafkaTimeout, Runnable andThen) {
    Thread closer = new Thread(() -> closeKafka(kafkaTimeout, andThen), "hrp-producer-closer");
    closer.setDaemon(true);
    closer.start();
    return closer;
  }

  private void closeKafka(Duration timeout, Runnable andThen) {
    try {
      kafka.close(timeout);
    } catch (KafkaException e) {
      log.warn("closing the Kafka producer failed", e);
    } finally {
      andThen.run();
    }
  }

  private static Result refusalOf(Exception failure) {
    if (failure instanceof InterruptException) {
      return Result.INTERRUPTED;
    }
    if (failure instanceof BufferExhaustedException) {
      return Result.BUFFER_FULL;
    }
    if (failure instanceof RecordTooLargeException) {
      return Result.TOO_LARGE;
    }
    if (SendFailures.isFatal(failure)) {
      return Result.FATAL;
    }
    if (failure instanceof AuthenticationException || failure instanceof AuthorizationException) {
      return Result.NOT_AUTHORIZED;
    }
    return failure instanceof ApiException ? Result.TOPIC_UNREACHABLE : Result.FATAL;
  }

  private static InterruptedException interrupted(InterruptException cause) {
    // Kafka has set the flag again; throwing says the same once more, so it is taken back.
    Thread.interrupted();
    InterruptedException interrupted = new InterruptedException(cause.getMessage());
    interrupted.initCause(cause);
    return interrupted;
  }
}
