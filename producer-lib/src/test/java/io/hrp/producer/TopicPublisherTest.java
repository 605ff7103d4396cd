package io.hrp.producer;

import static io.hrp.producer.PublisherFixture.NOW;
import static io.hrp.producer.PublisherFixture.ORDERS;
import static io.hrp.producer.PublisherFixture.ORDERS_ID;
import static io.hrp.producer.PublisherFixture.PARTITIONS;
import static io.hrp.producer.PublisherFixture.TOPIC;
import static io.hrp.producer.PublisherFixture.options;
import static io.hrp.producer.PublisherFixture.put;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.codahale.metrics.Gauge;
import com.google.protobuf.InvalidProtocolBufferException;
import io.hrp.producer.api.BackPressureException;
import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.ControlUnreadableException;
import io.hrp.producer.api.FlushFailedException;
import io.hrp.producer.api.MutationRejectedException;
import io.hrp.producer.api.MutationTooLargeException;
import io.hrp.producer.api.PublishFailedException;
import io.hrp.producer.api.PublisherClosedException;
import io.hrp.producer.api.PublisherFailedException;
import io.hrp.producer.api.Receipt;
import io.hrp.producer.api.TableUnavailableException;
import io.hrp.producer.api.TimestampAheadException;
import io.hrp.producer.api.TimestampPolicy;
import io.hrp.producer.internal.route.TopicFacts;
import io.hrp.proto.v1.PutMessage;
import io.hrp.wire.MutationDecoder;
import io.hrp.wire.RowPartitioner;
import io.hrp.wire.TableId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

final class TopicPublisherTest {
  private static final byte[] F = Bytes.toBytes("f");
  private static final byte[] Q = Bytes.toBytes("q");

  @Test
  void sendsRowAsKeyToThePartitionOfTheDeclaredCount() {
    PublisherFixture fixture = new PublisherFixture();
    fixture.control.declare(ORDERS_ID, 3);

    CompletableFuture<Receipt> future = fixture.publisher.publish(ORDERS, put("r1"));

    ProducerRecord<byte[], byte[]> sent = fixture.kafka.history().get(0);
    assertThat(sent.topic()).isEqualTo(TOPIC);
    assertThat(sent.key()).isEqualTo(Bytes.toBytes("r1"));
    assertThat(sent.partition()).isEqualTo(RowPartitioner.partition(Bytes.toBytes("r1"), 3));
    assertThat(sent.timestamp()).isNull();
    assertThat(future).isNotDone();
  }

  @Test
  void everyRecordNamesItsWriter() {
    PublisherFixture named = new PublisherFixture(options().writer("nightly größe")).declared();
    PublisherFixture unnamed = new PublisherFixture().declared();

    named.publisher.publish(ORDERS, put("r1"));
    unnamed.publisher.publish(ORDERS, put("r1"));

    assertThat(writerOf(named)).isEqualTo("nightly größe");
    assertThat(writerOf(unnamed)).endsWith("/" + ProcessHandle.current().pid());
  }

  private static String writerOf(PublisherFixture fixture) {
    Headers headers = fixture.kafka.history().get(0).headers();
    assertThat(headers).hasSize(1);
    return new String(headers.lastHeader("hrp-writer").value(), StandardCharsets.UTF_8);
  }

  @Test
  void completesTheFutureWithWhereAndWhenOnceAcknowledged() {
    PublisherFixture fixture = new PublisherFixture().declared();

    CompletableFuture<Receipt> future = fixture.publisher.publish(ORDERS, put("r1"));
    fixture.kafka.acknowledgeOne();

    Receipt receipt = future.join();
    assertThat(receipt.table()).isEqualTo(ORDERS);
    assertThat(receipt.topic()).isEqualTo(TOPIC);
    assertThat(receipt.partition()).isEqualTo(fixture.kafka.history().get(0).partition());
    assertThat(receipt.offset()).isZero();
    assertThat(receipt.timestamp()).isEqualTo(NOW);
    assertThat(((Put) receipt.stampedMutation()).get(F, Q).get(0).getTimestamp()).isEqualTo(NOW);
  }

  @Test
  void leavesTheCallersMutationAsItWas() {
    PublisherFixture fixture = new PublisherFixture().declared();
    Put put = put("r1");

    CompletableFuture<Receipt> future = fixture.publisher.publish(ORDERS, put);
    fixture.kafka.acknowledgeOne();
    future.join().stampedMutation();

    assertThat(put.get(F, Q).get(0).getTimestamp()).isEqualTo(HConstants.LATEST_TIMESTAMP);
  }

  @Test
  void givesOneRowStrictlyIncreasingTimestampsAndOtherRowsTheClocks() {
    PublisherFixture fixture = new PublisherFixture().declared();

    List<CompletableFuture<Receipt>> futures =
        List.of(
            fixture.publisher.publish(ORDERS, put("r1")),
            fixture.publisher.publish(ORDERS, new Delete(Bytes.toBytes("r1"))),
            fixture.publisher.publish(ORDERS, put("r1")),
            fixture.publisher.publish(ORDERS, put("r2")));
    fixture.kafka.acknowledgeAll();

    assertThat(futures.stream().map(f -> f.join().timestamp()))
        .containsExactly(NOW, NOW + 1, NOW + 2, NOW);
    assertThat(counter(fixture, "hrp_producer_clock_bumps_total{table=shop:orders}")).isEqualTo(2);
  }

  @Test
  void givesAllCellsOfOneMutationOneTimestampAndKeepsExplicitOnes() throws Exception {
    PublisherFixture fixture = new PublisherFixture().declared();
    RowMutations mutations = new RowMutations(Bytes.toBytes("r1"));
    mutations.add((Mutation) put("r1").addColumn(F, Bytes.toBytes("old"), 42L, Q));
    mutations.add((Mutation) new Delete(Bytes.toBytes("r1")).addColumns(F, Bytes.toBytes("gone")));

    CompletableFuture<Receipt> future = fixture.publisher.publish(ORDERS, mutations);
    fixture.kafka.acknowledgeOne();

    RowMutations stamped = (RowMutations) future.join().stampedMutation();
    Put stampedPut = (Put) stamped.getMutations().get(0);
    assertThat(stampedPut.get(F, Q).get(0).getTimestamp()).isEqualTo(NOW);
    assertThat(stampedPut.get(F, Bytes.toBytes("old")).get(0).getTimestamp()).isEqualTo(42);
    assertThat(
            stamped
                .getMutations()
                .get(1)
                .getFamilyCellMap()
                .firstEntry()
                .getValue()
                .get(0)
                .getTimestamp())
        .isEqualTo(NOW);
  }

  @Test
  void aMutationWithAllItsTimestampsIsSentUnstampedAndBumpsNothing() {
    PublisherFixture fixture = new PublisherFixture().declared();
    Put explicit = new Put(Bytes.toBytes("r1"), 42L).addColumn(F, Q, Q);

    CompletableFuture<Receipt> first = fixture.publisher.publish(ORDERS, explicit);
    CompletableFuture<Receipt> second = fixture.publisher.publish(ORDERS, put("r1"));
    fixture.kafka.acknowledgeAll();

    assertThat(first.join().timestamp()).isEqualTo(HConstants.LATEST_TIMESTAMP);
    assertThat(((Put) first.join().stampedMutation()).get(F, Q).get(0).getTimestamp())
        .isEqualTo(42);
    assertThat(second.join().timestamp()).isEqualTo(NOW);
  }

  @Test
  void underAJobsTimestampEveryMutationGetsExactlyThatOne() {
    PublisherFixture fixture =
        new PublisherFixture(options().timestampPolicy(TimestampPolicy.job(77))).declared();

    CompletableFuture<Receipt> first = fixture.publisher.publish(ORDERS, put("r1"));
    CompletableFuture<Receipt> second = fixture.publisher.publish(ORDERS, put("r1"));
    fixture.kafka.acknowledgeAll();

    assertThat(first.join().timestamp()).isEqualTo(77);
    assertThat(second.join().timestamp()).isEqualTo(77);
  }

  @Test
  void aRowTooFarAheadWaitsForTheClock() {
    PublisherFixture fixture =
        new PublisherFixture(options().maxAhead(Duration.ofMillis(2))).declared();

    for (int i = 0; i < 6; i++) {
      fixture.publisher.publish(ORDERS, put("r1"));
    }

    assertThat(timestamps(fixture))
        .containsExactly(NOW, NOW + 1, NOW + 2, NOW + 3, NOW + 4, NOW + 5);
    assertThat(fixture.time.millis()).isEqualTo(NOW + 3);
  }

  @Test
  void aRowThatStaysTooFarAheadEndsInATypedError() {
    PublisherFixture fixture =
        new PublisherFixture(options().maxSkew(Duration.ofDays(1))).declared();
    fixture.publisher.publish(ORDERS, put("r1"));
    fixture.time.setWall(NOW - Duration.ofHours(1).toMillis());

    assertThatThrownBy(() -> fixture.publisher.publish(ORDERS, put("r1")))
        .isInstanceOf(TimestampAheadException.class)
        .hasMessageContaining("row 'r1'")
        .hasMessageContaining("clock was not set back");
    assertThat(fixture.kafka.history()).hasSize(1);
  }

  @Test
  void refusesWhatTheWireRefusesBeforeAnythingIsSent() {
    PublisherFixture fixture = new PublisherFixture().declared();
    Increment increment = new Increment(Bytes.toBytes("r1")).addColumn(F, Q, 1);

    MutationRejectedException refusal =
        catchThrowableOfType(
            MutationRejectedException.class, () -> fixture.publisher.publish(ORDERS, increment));

    assertThat(refusal.reason()).isEqualTo("UNSUPPORTED_MUTATION");
    assertThat(refusal.row()).isEqualTo("r1");
    assertThat(refusal.table()).contains(ORDERS);
    assertThat(fixture.kafka.history()).isEmpty();
    assertThat(refused(fixture, "unsupported_mutation")).isEqualTo(1);
    assertNothingInFlight(fixture);
  }

  @Test
  void refusesWhatCannotFitAndNamesSizeAndLimit() {
    PublisherFixture fixture = new PublisherFixture().declared();
    fixture.topics.with(TOPIC, PARTITIONS, 5_000);
    Put large = new Put(Bytes.toBytes("r\u0001")).addColumn(F, Q, new byte[5_000]);

    MutationTooLargeException refusal =
        catchThrowableOfType(
            MutationTooLargeException.class, () -> fixture.publisher.publish(ORDERS, large));

    assertThat(refusal.limitBytes()).isEqualTo(5_000);
    assertThat(refusal.limitName()).contains("max.message.bytes");
    assertThat(refusal.sizeBytes()).isBetween(5_000L, 5_300L);
    assertThat(refusal.row()).isEqualTo("r\\x01");
    assertThat(fixture.kafka.history()).isEmpty();
    assertNothingInFlight(fixture);
  }

  @Test
  void refusesATableThatIsNotDeclared() {
    PublisherFixture fixture = new PublisherFixture();
    fixture.control.declare(TableId.of("shop", "other"), 1);

    TableUnavailableException refusal =
        catchThrowableOfType(
            TableUnavailableException.class, () -> fixture.publisher.publish(ORDERS, put("r1")));

    assertThat(refusal.reason()).isEqualTo(TableUnavailableException.Reason.NOT_DECLARED);
    assertThat(refusal).hasMessageContaining("hrp topic create shop:orders");
    assertThat(refusal.isRetriable()).isTrue();
  }

  @Test
  void refusesATableWithoutTopicOrWithTooFewPartitionsUntilMended() {
    PublisherFixture fixture = new PublisherFixture().declared();
    fixture.topics.with(
        TOPIC, TopicFacts.absent(TopicFacts.State.MISSING, new IllegalStateException("missing")));
    assertReason(fixture, TableUnavailableException.Reason.TOPIC_MISSING);
    fixture.topics.with(TOPIC, PARTITIONS - 1, 1 << 20);
    assertReason(fixture, TableUnavailableException.Reason.TOO_FEW_PARTITIONS);
    fixture.topics.with(TOPIC, PARTITIONS, 1 << 20);

    fixture.publisher.publish(ORDERS, put("r1"));

    assertThat(fixture.kafka.history()).hasSize(1);
  }

  @Test
  void refusesATableWhoseTopicNameWouldBeTooLong() {
    PublisherFixture fixture = new PublisherFixture().declared();
    TableName table = TableName.valueOf("ns", "t".repeat(240));

    assertThatThrownBy(() -> fixture.publisher.publish(table, put("r1")))
        .isInstanceOfSatisfying(
            TableUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(TableUnavailableException.Reason.NAME_TOO_LONG));
  }

  @Test
  void sendsNothingBeforeControlWasRead() {
    PublisherFixture fixture = new PublisherFixture();

    assertThatThrownBy(() -> fixture.publisher.publish(ORDERS, put("r1")))
        .isInstanceOf(ControlUnreadableException.class)
        .hasMessageContaining("within 5000 ms");

    assertThat(fixture.kafka.history()).isEmpty();
    assertThat(fixture.topics.looks()).isEmpty();
  }

  @Test
  void followsTheDeclaredCountAndLooksAtTheTopicOnlyWhenItChanges() {
    PublisherFixture fixture = new PublisherFixture();
    fixture.control.declare(ORDERS_ID, 2);
    fixture.publisher.publish(ORDERS, put("r1"));
    fixture.publisher.publish(ORDERS, put("r1"));
    fixture.control.declare(TableId.of("shop", "other"), 1);
    fixture.publisher.publish(ORDERS, put("r1"));
    assertThat(fixture.topics.looks()).containsExactly(TOPIC);
    fixture.control.declare(ORDERS_ID, PARTITIONS);

    for (int i = 0; i < 20; i++) {
      fixture.publisher.publish(ORDERS, put("row" + i));
    }

    assertThat(fixture.topics.looks()).containsExactly(TOPIC, TOPIC);
    assertThat(fixture.kafka.history().subList(3, 23))
        .allSatisfy(
            sent ->
                assertThat(sent.partition())
                    .isEqualTo(RowPartitioner.partition(sent.key(), PARTITIONS)));
  }

  @Test
  void aFailedMutationCarriesItsStampAndWhetherTheOutcomeIsUnknown() {
    PublisherFixture fixture = new PublisherFixture().declared();
    CompletableFuture<Receipt> timedOut = fixture.publisher.publish(ORDERS, put("r1"));
    CompletableFuture<Receipt> tooLarge = fixture.publisher.publish(ORDERS, put("r2"));

    fixture.kafka.failOne(new TimeoutException("delivery timeout"));
    fixture.kafka.failOne(new RecordTooLargeException("the broker's limit"));

    PublishFailedException unknown = failureOf(timedOut);
    assertThat(unknown.outcomeUnknown()).isTrue();
    assertThat(((Put) unknown.stampedMutation()).get(F, Q).get(0).getTimestamp()).isEqualTo(NOW);
    assertThat(failureOf(tooLarge).outcomeUnknown()).isFalse();
    assertThat(
            counter(
                fixture, "hrp_producer_mutations_failed_total{table=shop:orders,outcome=unknown}"))
        .isEqualTo(1);
    assertThat(
            counter(
                fixture,
                "hrp_producer_mutations_failed_total{table=shop:orders,outcome=not_written}"))
        .isEqualTo(1);
    assertNothingInFlight(fixture);
  }

  @Test
  void publishingAStampedMutationAgainKeepsItsTimestamps() {
    PublisherFixture fixture = new PublisherFixture().declared();
    CompletableFuture<Receipt> failed = fixture.publisher.publish(ORDERS, put("r1"));
    fixture.kafka.failOne(new TimeoutException("delivery timeout"));
    fixture.time.advance(Duration.ofSeconds(10));

    fixture.publisher.publish(ORDERS, (Mutation) failureOf(failed).stampedMutation());

    assertThat(timestamps(fixture)).containsExactly(NOW, NOW);
  }

  @Test
  void flushReturnsWhenAllIsAcknowledgedAndReportsFailuresOnce() {
    PublisherFixture fixture = new PublisherFixture().declared();
    fixture.publisher.publish(ORDERS, put("r1"));
    fixture.publisher.publish(ORDERS, put("r2"));
    fixture.kafka.failOne(new TimeoutException("delivery timeout"));

    FlushFailedException failure =
        catchThrowableOfType(FlushFailedException.class, fixture.publisher::flush);

    assertThat(failure.failedMutations()).isEqualTo(1);
    assertThat(failure).hasCauseInstanceOf(PublishFailedException.class);
    fixture.publisher.flush();
    assertNothingInFlight(fixture);
  }

  @Test
  void aFullLimitRefusesAfterMaxBlockAndTakesAgainOnceThereIsRoom() {
    PublisherFixture fixture =
        new PublisherFixture(options().maxBlock(Duration.ofMillis(1)).maxInFlightRecords(2))
            .declared();
    fixture.publisher.publish(ORDERS, put("r1"));
    fixture.publisher.publish(ORDERS, put("r2"));

    BackPressureException refusal =
        catchThrowableOfType(
            BackPressureException.class, () -> fixture.publisher.publish(ORDERS, put("r3")));

    assertThat(refusal.recordsInFlight()).isEqualTo(2);
    fixture.kafka.acknowledgeAll();
    fixture.publisher.publish(ORDERS, put("r3"));
    assertThat(fixture.kafka.history()).hasSize(3);
  }

  @Test
  void kafkasOwnFullBufferIsBackPressureToo() {
    PublisherFixture fixture = new PublisherFixture().declared();
    fixture.kafka.sendException = new BufferExhaustedException("full");

    assertThatThrownBy(() -> fixture.publisher.publish(ORDERS, put("r1")))
        .isInstanceOf(BackPressureException.class);

    assertNothingInFlight(fixture);
  }

  @Test
  void aFatalErrorFailsWhatIsInFlightAndEveryLaterCall() {
    PublisherFixture fixture = new PublisherFixture().declared();
    CompletableFuture<Receipt> first = fixture.publisher.publish(ORDERS, put("r1"));
    CompletableFuture<Receipt> second = fixture.publisher.publish(ORDERS, put("r2"));

    fixture.kafka.failOne(new ClusterAuthorizationException("no idempotent write"));

    assertThat(failureOf(first).outcomeUnknown()).isTrue();
    assertThat(failureOf(second).outcomeUnknown()).isTrue();
    assertThatThrownBy(() -> fixture.publisher.publish(ORDERS, put("r3")))
        .isInstanceOf(PublisherFailedException.class)
        .hasRootCauseInstanceOf(ClusterAuthorizationException.class);
    assertThatThrownBy(fixture.publisher::flush).isInstanceOf(PublisherFailedException.class);
  }

  @Test
  void closeFailsWhatHasNoOutcomeAndCountsItAsUnknown() {
    PublisherFixture fixture = new PublisherFixture().declared();
    CompletableFuture<Receipt> first = fixture.publisher.publish(ORDERS, put("r1"));
    CompletableFuture<Receipt> second = fixture.publisher.publish(ORDERS, put("r2"));
    CompletableFuture<Receipt> third = fixture.publisher.publish(ORDERS, put("r3"));
    fixture.kafka.acknowledgeOne();
    fixture.kafka.failOne(new RecordTooLargeException("the broker's limit"));

    CloseReport report = fixture.publisher.close(Duration.ofSeconds(10));

    assertThat(report.acknowledged()).isEqualTo(1);
    assertThat(report.failed()).isEqualTo(1);
    assertThat(report.unknown()).isEqualTo(1);
    assertThat(report.isComplete()).isFalse();
    assertThat(first).isCompleted();
    assertThat(failureOf(second).outcomeUnknown()).isFalse();
    assertThat(failureOf(third).outcomeUnknown()).isTrue();
    assertThat(fixture.closesOfTheRest).hasValue(1);
    assertThat(fixture.publisher.close(Duration.ZERO)).isSameAs(report);
    assertThatThrownBy(() -> fixture.publisher.publish(ORDERS, put("r4")))
        .isInstanceOf(PublisherClosedException.class);
  }

  @Test
  void closeReturnsAtItsDeadlineEvenIfAContinuationHoldsTheSenderThread() throws Exception {
    PublisherFixture fixture = new PublisherFixture().declared();
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Void> continuation =
        fixture
            .publisher
            .publish(ORDERS, put("r1"))
            .thenAccept(
                receipt -> {
                  blocked.countDown();
                  awaitQuietly(release);
                });
    CompletableFuture<Receipt> second = fixture.publisher.publish(ORDERS, put("r2"));
    CompletableFuture<Void> acknowledging =
        CompletableFuture.runAsync(fixture.kafka::acknowledgeOne);
    blocked.await();

    CloseReport report = fixture.publisher.close(Duration.ofMillis(50));

    assertThat(report.acknowledged()).isEqualTo(1);
    assertThat(report.unknown()).isEqualTo(1);
    assertThat(second).isNotDone();
    release.countDown();
    acknowledging.join();
    continuation.join();
    assertThat(failureOf(second).outcomeUnknown()).isTrue();
  }

  @Test
  void aContinuationOnTheSenderThreadMayPublishButNeverWaits() {
    PublisherFixture fixture = new PublisherFixture(options().maxInFlightRecords(1)).declared();
    AtomicReference<Throwable> flushed = new AtomicReference<>();
    CompletableFuture<Void> continuation =
        fixture
            .publisher
            .publish(ORDERS, put("r1"))
            .thenAccept(
                receipt -> {
                  fixture.publisher.publish(ORDERS, put("r2"));
                  try {
                    fixture.publisher.flush();
                  } catch (IllegalStateException e) {
                    flushed.set(e);
                  }
                  fixture.publisher.publish(ORDERS, put("r3"));
                });

    fixture.kafka.acknowledgeOne();

    assertThat(flushed.get()).hasMessageContaining("completionExecutor");
    assertThatThrownBy(continuation::join).hasCauseInstanceOf(BackPressureException.class);
    assertThat(fixture.kafka.history()).hasSize(2);
  }

  @Test
  void completesFuturesOnTheExecutorIfOneIsSet() {
    List<Runnable> tasks = new ArrayList<>();
    PublisherFixture fixture =
        new PublisherFixture(options().completionExecutor(tasks::add)).declared();
    CompletableFuture<Receipt> future = fixture.publisher.publish(ORDERS, put("r1"));
    fixture.kafka.acknowledgeOne();
    assertThat(future).isNotDone();
    assertNothingInFlight(fixture);

    tasks.forEach(Runnable::run);

    assertThat(future).isCompleted();
  }

  @Test
  void countsWhatWasPublishedPerTable() {
    PublisherFixture fixture = new PublisherFixture().declared();
    fixture.publisher.publish(ORDERS, put("r1"));
    fixture.publisher.publish(ORDERS, put("r2"));
    assertThat(gauge(fixture, "records")).isEqualTo(2);
    fixture.kafka.acknowledgeAll();

    assertThat(counter(fixture, "hrp_producer_mutations_published_total{table=shop:orders}"))
        .isEqualTo(2);
    assertThat(counter(fixture, "hrp_producer_published_bytes_total{table=shop:orders}"))
        .isEqualTo(
            fixture.kafka.history().stream()
                .mapToLong(r -> r.key().length + r.value().length)
                .sum());
    assertThat(
            fixture
                .options
                .metrics()
                .timer("hrp_producer_send_duration_seconds{table=shop:orders}")
                .getCount())
        .isEqualTo(2);
    assertThat(gauge(fixture, "records")).isZero();
    assertThat(gauge(fixture, "bytes")).isZero();
  }

  @Test
  void publishesPlainValues() {
    PublisherFixture fixture = new PublisherFixture().declared();

    fixture
        .publisher
        .row(ORDERS, Bytes.toBytes("r1"))
        .cell(F, Q, Bytes.toBytes("a"))
        .cell(F, Bytes.toBytes("q2"), Bytes.toBytes("b"), 5L)
        .timeToLive(Duration.ofHours(1))
        .publish();

    byte[] value = fixture.kafka.history().get(0).value();
    assertThat(MutationDecoder.decode(value).cellCount()).isEqualTo(2);
  }

  private static void assertReason(
      PublisherFixture fixture, TableUnavailableException.Reason reason) {
    assertThatThrownBy(() -> fixture.publisher.publish(ORDERS, put("r1")))
        .isInstanceOfSatisfying(
            TableUnavailableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static PublishFailedException failureOf(CompletableFuture<Receipt> future) {
    CompletionException failure = catchThrowableOfType(CompletionException.class, future::join);
    assertThat(failure).hasCauseInstanceOf(PublishFailedException.class);
    return (PublishFailedException) requireNonNull(failure.getCause());
  }

  private static List<Long> timestamps(PublisherFixture fixture) {
    return fixture.kafka.history().stream()
        .map(sent -> timestampOf(sent.value()))
        .collect(Collectors.toList());
  }

  private static long timestampOf(byte[] value) {
    try {
      return PutMessage.parseFrom(value).getTimestamp();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static long counter(PublisherFixture fixture, String name) {
    return fixture.options.metrics().counter(name).getCount();
  }

  private static long refused(PublisherFixture fixture, String reason) {
    return counter(
        fixture, "hrp_producer_mutations_refused_total{table=shop:orders,reason=" + reason + "}");
  }

  private static long gauge(PublisherFixture fixture, String unit) {
    Gauge<?> gauge = fixture.options.metrics().getGauges().get("hrp_producer_in_flight_" + unit);
    return (Long) requireNonNull(gauge).getValue();
  }

  private static void assertNothingInFlight(PublisherFixture fixture) {
    assertThat(gauge(fixture, "records")).isZero();
    assertThat(gauge(fixture, "bytes")).isZero();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
