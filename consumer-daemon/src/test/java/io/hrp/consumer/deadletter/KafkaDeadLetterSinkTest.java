package io.hrp.consumer.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hrp.consumer.apply.FailureReason;
import io.hrp.wire.DeadLetterHeaders;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class KafkaDeadLetterSinkTest {
  private static final DeadLetter LETTER = letter("key".getBytes(UTF_8), new byte[] {0, 1, -1});

  private final AtomicLong nanos = new AtomicLong();
  private final List<KafkaDeadLetterSink> sinks = new ArrayList<>();

  @AfterEach
  void closeAll() {
    sinks.forEach(KafkaDeadLetterSink::close);
  }

  @Test
  void writesKeyPartitionAndBytesOfTheSourceUnaltered() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(true);

    sink(producer).send(LETTER).get();

    assertThat(producer.history()).hasSize(1);
    ProducerRecord<byte[], byte[]> record = producer.history().get(0);
    assertThat(record.topic()).isEqualTo("hrp-dead-letter.ns.orders");
    assertThat(record.partition()).isEqualTo(3);
    assertThat(record.key()).isEqualTo("key".getBytes(UTF_8));
    assertThat(record.value()).isEqualTo(new byte[] {0, 1, -1});
  }

  @Test
  void saysInHeadersWhereARecordComesFromAndWhy() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(true);

    sink(producer).send(LETTER).get();

    List<Map.Entry<String, byte[]>> headers = new ArrayList<>();
    producer
        .history()
        .get(0)
        .headers()
        .forEach(header -> headers.add(Map.entry(header.key(), header.value())));
    DeadLetterHeaders read = DeadLetterHeaders.parse(headers);
    assertThat(read.peer()).isEqualTo("east");
    assertThat(read.sourceTopic()).isEqualTo("hrp.ns.orders");
    assertThat(read.sourcePartition()).isEqualTo(3);
    assertThat(read.sourceOffset()).isEqualTo(17);
    assertThat(read.errorKind()).isEqualTo("POISON");
    assertThat(read.errorClass()).isEqualTo("some.Exception");
    assertThat(read.errorMessage()).isEqualTo("malformed: no message");
    assertThat(read.failedAtMs()).isEqualTo(1_000);
    assertThat(read.attempts()).isEqualTo(2);
  }

  @Test
  void keepsAMissingKeyAndValueMissing() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(true);

    sink(producer).send(letter(null, null)).get();

    assertThat(producer.history().get(0).key()).isNull();
    assertThat(producer.history().get(0).value()).isNull();
  }

  @Test
  void completesOnlyWhenTheBrokerHasAcknowledged() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(false);
    KafkaDeadLetterSink sink = sink(producer);

    CompletableFuture<Void> done = sink.send(LETTER);
    awaitSent(producer, 1);
    assertThat(done).isNotDone();

    producer.completeNext();
    done.get();
  }

  @Test
  void tellsTooLargeFromUnavailable() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(false);
    KafkaDeadLetterSink sink = sink(producer);

    CompletableFuture<Void> large = sink.send(LETTER);
    awaitSent(producer, 1);
    producer.errorNext(new RecordTooLargeException("2 MB"));
    CompletableFuture<Void> late = sink.send(LETTER);
    awaitSent(producer, 2);
    producer.errorNext(new TimeoutException("expired"));

    assertThat(failureOf(large))
        .isInstanceOf(DeadLetterTooLargeException.class)
        .hasMessageContaining("'hrp.ns.orders-3@17'")
        .hasMessageContaining("hrp-dead-letter.ns.orders");
    assertThat(failureOf(late)).isInstanceOf(DeadLetterUnavailableException.class);
    assertThat(producer.closed()).isFalse();
  }

  @Test
  void replacesAProducerThatIsBeyondRepair() throws Exception {
    MockProducer<byte[], byte[]> first = producer(false);
    MockProducer<byte[], byte[]> second = producer(true);
    KafkaDeadLetterSink sink = sink(first, second);

    CompletableFuture<Void> failed = sink.send(LETTER);
    awaitSent(first, 1);
    first.errorNext(new OutOfOrderSequenceException("gap"));
    assertThat(failureOf(failed)).isInstanceOf(DeadLetterUnavailableException.class);
    sink.send(LETTER).get();

    assertThat(first.closed()).isTrue();
    assertThat(second.history()).hasSize(1);
  }

  @Test
  void survivesAProducerThatCannotBeMade() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(true);
    AtomicInteger made = new AtomicInteger();
    KafkaDeadLetterSink sink =
        started(
            () -> {
              if (made.getAndIncrement() == 0) {
                throw new KafkaException("no resolvable bootstrap urls");
              }
              return producer;
            });

    assertThat(failureOf(sink.send(LETTER)))
        .isInstanceOf(DeadLetterUnavailableException.class)
        .hasMessageContaining("no resolvable bootstrap urls");
    sink.send(LETTER).get();

    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void doesNotLetOneTopicWithoutMetadataHoldUpTheOthers() throws Exception {
    LateProducer producer = new LateProducer();
    KafkaDeadLetterSink sink = started(() -> producer);

    producer.isLate = true;
    assertThat(failureOf(sink.send(LETTER))).hasMessageContaining("no metadata");
    producer.isLate = false;
    assertThat(failureOf(sink.send(LETTER))).hasMessageContaining("did not answer a moment ago");
    sink.send(otherTable()).get();

    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    sink.send(LETTER).get();
    assertThat(producer.history()).hasSize(2);
  }

  @Test
  void goesOnWithATopicThatWasMerelySlow() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(true);
    KafkaDeadLetterSink sink =
        started(
            () -> {
              nanos.addAndGet(Duration.ofSeconds(3).toNanos());
              return producer;
            });

    sink.send(LETTER).get();
    sink.send(LETTER).get();

    assertThat(producer.history()).hasSize(2);
  }

  /** Blocks for metadata and gives up, if it is told to. */
  private final class LateProducer extends MockProducer<byte[], byte[]> {
    private volatile boolean isLate;

    LateProducer() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      if (!isLate) {
        return super.send(record, callback);
      }
      nanos.addAndGet(Duration.ofSeconds(3).toNanos());
      TimeoutException failure = new TimeoutException("no metadata");
      // As Kafka's own producer tells it: by the callback, and before it returns.
      callback.onCompletion(
          new RecordMetadata(new TopicPartition(record.topic(), 0), -1, -1, -1, -1, -1), failure);
      return CompletableFuture.failedFuture(failure);
    }
  }

  @Test
  void neverBlocksItsCallerWhileAProducerDoes() throws Exception {
    CountDownLatch unblock = new CountDownLatch(1);
    MockProducer<byte[], byte[]> producer = producer(true);
    KafkaDeadLetterSink sink =
        started(
            () -> {
              awaitUninterrupted(unblock);
              return producer;
            });

    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (int i = 0; i < 10_001; i++) {
      done.add(sink.send(LETTER));
    }
    CompletableFuture<Void> beyondTheBound = sink.send(LETTER);
    assertThat(failureOf(beyondTheBound)).hasMessageContaining("10000 records wait already");
    unblock.countDown();

    assertThat(done.get(0)).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void sendsWhatWaitsBeforeItCloses() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(true);
    KafkaDeadLetterSink sink = sink(producer);
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      done.add(sink.send(LETTER));
    }

    sink.close(Duration.ofSeconds(10));

    assertThat(done).allMatch(each -> each.isDone() && !each.isCompletedExceptionally());
    assertThat(producer.closed()).isTrue();
    assertThat(failureOf(sink.send(LETTER))).hasMessageContaining("the sink is closed");
  }

  @Test
  void asksForEveryGuaranteeKafkaGives() {
    Map<String, Object> settings =
        new DeadLetterProducers(
                Map.of("bootstrap.servers", "k1:9092", "acks", "1"), Duration.ofSeconds(30))
            .settings();

    assertThat(settings)
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
        .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
        .containsEntry("bootstrap.servers", "k1:9092");
  }

  @SafeVarargs
  private KafkaDeadLetterSink sink(MockProducer<byte[], byte[]>... producers) {
    AtomicInteger next = new AtomicInteger();
    return started(() -> producers[next.getAndIncrement()]);
  }

  private KafkaDeadLetterSink started(Supplier<Producer<byte[], byte[]>> made) {
    KafkaDeadLetterSink sink = KafkaDeadLetterSink.started(made, nanos::get);
    sinks.add(sink);
    return sink;
  }

  private static MockProducer<byte[], byte[]> producer(boolean completesAtOnce) {
    return new MockProducer<>(
        completesAtOnce, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void awaitSent(MockProducer<byte[], byte[]> producer, int count) {
    while (producer.history().size() < count) {
      Thread.onSpinWait();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Throwable failureOf(CompletableFuture<Void> future) {
    ExecutionException failure =
        catchThrowableOfType(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
    return requireNonNull(failure.getCause(), "cause");
  }

  private static DeadLetter letter(byte @Nullable [] key, byte @Nullable [] value) {
    return letter(TableId.of("ns", "orders"), key, value);
  }

  private static DeadLetter otherTable() {
    return letter(TableId.of("ns", "other"), new byte[1], new byte[1]);
  }

  private static DeadLetter letter(TableId table, byte @Nullable [] key, byte @Nullable [] value) {
    return new DeadLetter(
        table,
        "east",
        SourceRecord.of("hrp.ns." + table.name(), 3, 17, key, value),
        FailureReason.MALFORMED,
        "some.Exception",
        "no message",
        Instant.ofEpochMilli(1_000),
        2);
  }
}
