package io.hrp.consumer.deadletter;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.TopicNameTooLongException;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes dead letters to Kafka. A producer's {@code send} blocks while it waits for metadata, so
 * one thread of the sink does all sending, and a bounded queue lies between it and the callers.
 *
 * <p>The producer is made by that thread when the first letter comes, and again after a fault it
 * does not recover from; an unknown broker name at the daemon's start is thus no reason to fail.
 */
public final class KafkaDeadLetterSink implements DeadLetterSink {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaDeadLetterSink.class);

  /** Letters that wait for the thread; their bytes are in their callers' budgets all the while. */
  private static final int MAX_WAITING = 10_000;

  private final BlockingQueue<LetterSender.Pending> waiting =
      new LinkedBlockingQueue<>(MAX_WAITING);
  private final LetterSender sender;
  private final LongSupplier nanoTicker;
  private final Thread thread;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private volatile long closeByNanos;

  KafkaDeadLetterSink(Supplier<Producer<byte[], byte[]>> producers, LongSupplier nanoTicker) {
    this.sender = new LetterSender(producers, nanoTicker);
    this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker");
    this.thread = new Thread(this::run, "hrp-dead-letter");
    thread.setDaemon(true);
  }

  /**
   * Starts the sink's thread; connects when the first letter comes.
   *
   * @param clientProperties brokers, security and whatever else an operator passed through
   * @param timeout longest wait for the acknowledgement of one record
   * @param nanoTicker as {@link System#nanoTime}
   */
  public static KafkaDeadLetterSink open(
      Map<String, String> clientProperties, Duration timeout, LongSupplier nanoTicker) {
    return started(new DeadLetterProducers(clientProperties, timeout), nanoTicker);
  }

  static KafkaDeadLetterSink started(
      Supplier<Producer<byte[], byte[]>> producers, LongSupplier nanoTicker) {
    KafkaDeadLetterSink sink = new KafkaDeadLetterSink(producers, nanoTicker);
    sink.thread.start();
    return sink;
  }

  @Override
  public CompletableFuture<Void> send(DeadLetter letter) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    String topic;
    try {
      topic = TopicNames.deadLetterTopic(letter.table());
    } catch (TopicNameTooLongException e) {
      return refused("hrp-dead-letter", letter, String.valueOf(e.getMessage()));
    }
    if (isClosed.get()) {
      return refused(topic, letter, "the sink is closed");
    }
    LetterSender.Pending pending = new LetterSender.Pending(letter, topic, done);
    if (!waiting.offer(pending)) {
      return refused(topic, letter, MAX_WAITING + " records wait already");
    }
    // Closed in between: the thread may be gone, so whoever takes the letter out answers for it.
    if (isClosed.get() && waiting.remove(pending)) {
      return refused(topic, letter, "the sink is closed");
    }
    return done;
  }

  @Override
  public void close(Duration deadline) {
    closeByNanos = nanoTicker.getAsLong() + deadline.toNanos();
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    boolean interrupted = false;
    try {
      thread.join(Math.max(deadline.toMillis(), 1));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (thread.isAlive()) {
      thread.interrupt();
    }
    failWaiting();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        LetterSender.Pending next = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (next != null) {
          step(next);
        } else if (isClosed.get()) {
          break;
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Told to stop at once");
    }
    long leftNanos = Math.max(0, closeByNanos - nanoTicker.getAsLong());
    sender.close(Duration.ofNanos(leftNanos));
    failWaiting();
  }

  private void step(LetterSender.Pending pending) {
    try {
      sender.send(pending);
    } catch (RuntimeException e) {
      // The outermost loop: the letter's caller has to hear of a defect, and the thread has to
      // live.
      LOG.error("Cannot send a dead-letter record topic={}", pending.topic(), e);
      pending
          .done()
          .completeExceptionally(
              new DeadLetterUnavailableException(
                  pending.topic(), pending.letter().source(), e.toString(), e));
    }
  }

  private void failWaiting() {
    for (LetterSender.Pending left = waiting.poll(); left != null; left = waiting.poll()) {
      left.done()
          .completeExceptionally(
              new DeadLetterUnavailableException(
                  left.topic(), left.letter().source(), "the sink is closed", null));
    }
  }

  private static CompletableFuture<Void> refused(String topic, DeadLetter letter, String why) {
    return CompletableFuture.failedFuture(
        new DeadLetterUnavailableException(topic, letter.source(), why, null));
  }
}
