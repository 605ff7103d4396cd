package io.hrp.producer.hbase;

import static io.hrp.producer.hbase.DropInFixture.F;
import static io.hrp.producer.hbase.DropInFixture.ORDERS;
import static io.hrp.producer.hbase.DropInFixture.Q;
import static io.hrp.producer.hbase.DropInFixture.delete;
import static io.hrp.producer.hbase.DropInFixture.put;
import static io.hrp.producer.hbase.DropInFixture.timestampOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.producer.api.MutationRejectedException;
import io.hrp.producer.api.OperationRefusedException;
import io.hrp.producer.api.PublishFailedException.Outcome;
import io.hrp.producer.api.TopicClosedException;
import io.hrp.producer.metrics.ProducerMetric;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.client.Append;
import org.apache.hadoop.hbase.client.CheckAndMutate;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Test;

/** Increments, appends and conditional mutations of dual tables. */
final class LocalFirstWritesTest {
  private static final byte[] ROW = Bytes.toBytes("n");

  private final DropInFixture fixture =
      DropInFixture.with(Map.of("tables.dual", "shop:*", "dual.check-and-mutate", "best-effort"));

  @Test
  void anIncrementRunsLocallyAndItsCellsArePublishedWithTheServersTimestamps() throws IOException {
    Increment increment = new Increment(ROW).addColumn(F, Q, 5);
    increment.setReturnResults(false);
    increment.setTTL(60_000);

    Result result = fixture.table().increment(increment);

    assertThat(result.isEmpty()).as("the caller wanted no result").isTrue();
    assertThat(increment.isReturnResults()).as("the caller's own object").isFalse();
    assertThat(fixture.log).containsExactly("cluster increment", "kafka Put n");
    Put published = (Put) fixture.kafka.sent().get(0);
    assertThat(timestampOf(published)).isEqualTo(77);
    assertThat(published.getTTL()).isEqualTo(60_000);
    assertThat(fixture.table().incrementColumnValue(ROW, F, Q, 9)).isEqualTo(9);
  }

  @Test
  void incrementsOfOneRowArePublishedInTheOrderInWhichTheyRan() throws Exception {
    List<Callable<Long>> increments =
        Collections.nCopies(200, () -> fixture.table().incrementColumnValue(ROW, F, Q, 1));
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      for (Future<Long> each : writers.invokeAll(increments)) {
        assertThat(each.get()).isEqualTo(1);
      }
    } finally {
      writers.shutdownNow();
    }

    assertThat(fixture.log).hasSize(400);
    for (int i = 0; i < 400; i += 2) {
      assertThat(fixture.log.subList(i, i + 2)).containsExactly("cluster increment", "kafka Put n");
    }
  }

  @Test
  void anAppendRunsLocallyToo() throws IOException {
    Result result = fixture.table().append(new Append(ROW).addColumn(F, Q, ROW));

    assertThat(result.getValue(F, Q)).isEqualTo(ROW);
    assertThat(fixture.log).containsExactly("cluster append", "kafka Put n");
  }

  @Test
  void aBatchRunsThemInItsOrder() throws Exception {
    Object[] results = new Object[3];
    List<Row> actions = List.of(put("a"), new Increment(ROW).addColumn(F, Q, 5), put("b"));

    fixture.table().batch(actions, results);

    assertThat(fixture.log)
        .containsExactly(
            "kafka Put a",
            "cluster batch Put a",
            "cluster increment",
            "kafka Put n",
            "kafka Put b",
            "cluster batch Put b");
    assertThat(results).hasOnlyElementsOfType(Result.class);
  }

  @Test
  void ifTheLocalClusterIsDownNothingIsPublished() {
    fixture.cluster.down();

    assertThatThrownBy(() -> fixture.table().incrementColumnValue(ROW, F, Q, 1))
        .hasMessage("region server down");

    assertThat(fixture.log).isEmpty();
  }

  @Test
  void ifKafkaIsDownTheCallerGetsWhatRemainsToBeWritten() {
    fixture.kafka.fails(Outcome.NOT_WRITTEN);

    assertThatThrownBy(() -> fixture.table().incrementColumnValue(ROW, F, Q, 1))
        .isInstanceOfSatisfying(
            UnpublishedLocalWriteException.class,
            e -> assertThat(timestampOf(e.unpublished())).isEqualTo(77))
        .hasMessageContaining("do not repeat the call");
  }

  @Test
  void aTopicClosedForDirectWritesNeedsNoRecord() throws IOException {
    fixture.kafka.refuses(
        new TopicClosedException(ORDERS, TopicClosedException.Policy.DIRECT, "by me"));

    assertThat(fixture.table().incrementColumnValue(ROW, F, Q, 4)).isEqualTo(4);

    assertThat(fixture.kafka.sent()).isEmpty();
  }

  @Test
  void whatRanLocallyIsCountedByWhatBecameOfIt() throws IOException {
    fixture.table().incrementColumnValue(ROW, F, Q, 1);
    fixture.kafka.fails(Outcome.NOT_WRITTEN);
    assertThatThrownBy(() -> fixture.table().incrementColumnValue(ROW, F, Q, 1))
        .isInstanceOf(UnpublishedLocalWriteException.class);
    fixture.cluster.down();
    assertThatThrownBy(() -> fixture.table().incrementColumnValue(ROW, F, Q, 1))
        .isInstanceOf(IOException.class);

    for (String outcome : List.of("applied", "unpublished", "failed")) {
      assertThat(
              fixture
                  .kafka
                  .metrics()
                  .counter(ProducerMetric.LOCAL_WRITES.registryName("shop:orders", outcome))
                  .getCount())
          .as(outcome)
          .isEqualTo(1);
    }
  }

  @Test
  @SuppressWarnings("deprecation") // programs still call them
  void conditionalMutationsArePublishedIfTheyWereApplied() throws IOException {
    long before = System.currentTimeMillis();

    assertThat(fixture.table().checkAndPut(ROW, F, Q, null, put("n"))).isTrue();
    assertThat(fixture.table().checkAndMutate(ROW, F).qualifier(Q).ifNotExists().thenPut(put("n")))
        .isTrue();
    assertThat(
            fixture
                .table()
                .checkAndMutate(
                    CheckAndMutate.newBuilder(ROW)
                        .ifNotExists(F, Q)
                        .build(RowMutations.of(List.of(put("n")))))
                .isSuccess())
        .isTrue();

    assertThat(fixture.log)
        .containsExactly(
            "cluster if Put n",
            "kafka Put n",
            "cluster if Put n",
            "kafka Put n",
            "cluster if RowMutations n",
            "kafka RowMutations n");
    long first = timestampOf(fixture.cluster.written().get(0));
    long second = timestampOf(fixture.cluster.written().get(1));
    assertThat(first).isGreaterThanOrEqualTo(before).isLessThan(second);
    assertThat(timestampOf(fixture.kafka.sent().get(0))).isEqualTo(first);
  }

  @Test
  @SuppressWarnings("deprecation") // programs still call it
  void aConditionThatDoesNotHoldPublishesNothing() throws IOException {
    fixture.cluster.conditionFails();

    assertThat(fixture.table().checkAndMutate(ROW, F).qualifier(Q).ifNotExists().thenPut(put("n")))
        .isFalse();

    assertThat(fixture.kafka.sent()).isEmpty();
  }

  @Test
  void aConditionalIncrementPublishesItsResult() throws IOException {
    CheckAndMutate condition =
        CheckAndMutate.newBuilder(ROW)
            .ifNotExists(F, Q)
            .build(new Increment(ROW).addColumn(F, Q, 3));

    assertThat(fixture.table().checkAndMutate(condition).isSuccess()).isTrue();

    assertThat(timestampOf(fixture.kafka.sent().get(0))).isEqualTo(77);
  }

  @Test
  void whatCouldNotBePublishedAfterwardsIsNotRunLocally() {
    CheckAndMutate condition =
        CheckAndMutate.newBuilder(ROW)
            .ifNotExists(F, Q)
            .build(new Delete(ROW).addColumn(F, Q, HConstants.LATEST_TIMESTAMP));

    assertThatThrownBy(() -> fixture.table().checkAndMutate(condition))
        .isInstanceOf(PublishRefusedException.class)
        .hasCauseInstanceOf(MutationRejectedException.class);

    assertThat(fixture.cluster.written()).isEmpty();
  }

  @Test
  @SuppressWarnings("deprecation") // programs still call them
  void conditionsAreRefusedUnlessBestEffortWillDo() throws IOException {
    DropInFixture strict = DropInFixture.dual();

    assertThatThrownBy(() -> strict.table().checkAndDelete(ROW, F, Q, null, delete("n")))
        .isInstanceOf(PublishRefusedException.class)
        .hasCauseInstanceOf(OperationRefusedException.class)
        .hasMessageContaining("hrp.producer.dual.check-and-mutate=best-effort");
    assertThatThrownBy(() -> strict.table().checkAndMutate(ROW, F).ifNotExists().thenPut(put("n")))
        .isInstanceOf(PublishRefusedException.class);
    assertThatThrownBy(() -> strict.table().checkAndMutate(List.of()))
        .isInstanceOf(PublishRefusedException.class);
    assertThat(strict.cluster.calls()).isEmpty();
  }
}
