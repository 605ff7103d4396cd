package io.hrp.producer.hbase;

import static io.hrp.producer.hbase.DropInFixture.ORDERS;
import static io.hrp.producer.hbase.DropInFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hrp.producer.api.MutationRejectedException;
import io.hrp.producer.api.OperationRefusedException;
import io.hrp.producer.api.PublishFailedException.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.hbase.client.BufferedMutator;
import org.apache.hadoop.hbase.client.BufferedMutatorParams;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RetriesExhaustedWithDetailsException;
import org.apache.hadoop.hbase.client.Row;
import org.junit.jupiter.api.Test;

final class HrpBufferedMutatorTest {
  private final DropInFixture fixture = DropInFixture.publishOnly();

  @Test
  void mutationsAreHandedOverAtOnceAndAFlushWaitsForKafka() throws Exception {
    fixture.kafka.holds();
    BufferedMutator mutator = fixture.connection.getBufferedMutator(ORDERS);
    mutator.mutate(List.of(put("a"), put("b")));
    assertThat(fixture.kafka.sent()).hasSize(2);
    CountDownLatch flushed = new CountDownLatch(1);
    Thread flushing =
        new Thread(
            () -> {
              try {
                mutator.flush();
                flushed.countDown();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    flushing.start();
    assertThat(flushed.await(50, TimeUnit.MILLISECONDS)).isFalse();

    fixture.kafka.answer();

    assertThat(flushed.await(10, TimeUnit.SECONDS)).isTrue();
    mutator.close();
    fixture.connection.close();
    assertThat(fixture.cluster.openings()).isZero();
  }

  @Test
  void aFailureIsThrownByTheNextCallWithItsRowAndCause() throws IOException {
    fixture.kafka.fails(Outcome.UNKNOWN);
    Put failing = put("a");
    try (BufferedMutator mutator = fixture.connection.getBufferedMutator(ORDERS)) {
      RetriesExhaustedWithDetailsException failure =
          catchThrowableOfType(
              RetriesExhaustedWithDetailsException.class,
              () -> {
                mutator.mutate(failing);
                mutator.flush();
              });

      assertThat(failure.getNumExceptions()).isEqualTo(1);
      assertThat(failure.getRow(0)).isSameAs(failing);
      assertThat(failure.getCause(0)).isInstanceOf(WriteNotAcknowledgedException.class);
      mutator.flush();
    }
  }

  @Test
  void aListenerHearsOfFailuresAndTheCallReturns() throws IOException {
    fixture.kafka.refuses(rejected()).takes().fails(Outcome.NOT_WRITTEN);
    List<Row> rows = new ArrayList<>();
    BufferedMutatorParams params =
        new BufferedMutatorParams(ORDERS)
            .listener(
                (exception, mutator) -> {
                  for (int i = 0; i < exception.getNumExceptions(); i++) {
                    rows.add(exception.getRow(i));
                  }
                });
    Put refused = put("a");
    Put failing = put("c");

    try (BufferedMutator mutator = fixture.connection.getBufferedMutator(params)) {
      mutator.mutate(refused);
      assertThat(rows).containsExactly(refused);
      mutator.mutate(put("b"));
      mutator.mutate(failing);
    }

    assertThat(rows).containsExactly(refused, failing);
  }

  @Test
  void theOperationTimeoutBoundsAFlush() throws IOException {
    fixture.kafka.holds();
    BufferedMutatorParams params = new BufferedMutatorParams(ORDERS).operationTimeout(20);
    BufferedMutator mutator = fixture.connection.getBufferedMutator(params);
    mutator.mutate(put("a"));

    assertThatThrownBy(mutator::flush)
        .isInstanceOfSatisfying(
            RetriesExhaustedWithDetailsException.class,
            e -> assertThat(e.getCause(0)).hasMessageContaining("20 ms"));
    fixture.kafka.answer();
    mutator.close();
  }

  @Test
  void closingDuringAnOutageKeepsItsDeadlineAndNamesWhatWasNotAcknowledged() throws IOException {
    DropInFixture hasty =
        DropInFixture.with(Map.of("tables.publish-only", "shop:*", "close.timeout-ms", "30"));
    hasty.kafka.holds();
    BufferedMutator first = hasty.connection.getBufferedMutator(ORDERS);
    BufferedMutator second = hasty.connection.getBufferedMutator(ORDERS);
    Put unsent = put("a");
    first.mutate(unsent);
    second.mutate(put("b"));

    RetriesExhaustedWithDetailsException failure =
        catchThrowableOfType(RetriesExhaustedWithDetailsException.class, first::close);
    assertThat(failure.getRow(0)).isSameAs(unsent);
    assertThat(failure.getCause(0))
        .isInstanceOfSatisfying(
            WriteNotAcknowledgedException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
    assertThatThrownBy(hasty.connection::close)
        .isInstanceOf(RetriesExhaustedWithDetailsException.class);

    assertThat(hasty.kafka.closes()).isEqualTo(1);
  }

  @Test
  void aPeriodicFlushTellsTheListenerWithoutACall() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    BufferedMutatorParams params =
        new BufferedMutatorParams(ORDERS)
            .setWriteBufferPeriodicFlushTimeoutMs(1)
            .setWriteBufferPeriodicFlushTimerTickMs(1)
            .listener((exception, mutator) -> heard.countDown());
    fixture.kafka.holds().fails(Outcome.UNKNOWN);
    BufferedMutator mutator = fixture.connection.getBufferedMutator(params);
    assertThat(mutator.getWriteBufferPeriodicFlushTimerTickMs())
        .isEqualTo(BufferedMutator.MIN_WRITE_BUFFER_PERIODIC_FLUSH_TIMERTICK_MS);

    mutator.mutate(put("a"));
    fixture.kafka.answer();

    assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
    mutator.disableWriteBufferPeriodicFlush();
    assertThat(mutator.getWriteBufferPeriodicFlushTimeoutMs()).isZero();
    mutator.close();
  }

  @Test
  void manyUnansweredMutationsBehindAnAnsweredHeadAreForgottenAsTheyAreAnswered()
      throws IOException {
    BufferedMutator mutator = fixture.connection.getBufferedMutator(ORDERS);
    for (int i = 0; i < 5_000; i++) {
      mutator.mutate(put("r" + i));
    }
    mutator.close();

    assertThat(fixture.kafka.sent()).hasSize(5_000);
  }

  @Test
  void aClosedMutatorTakesNothing() throws IOException {
    BufferedMutator mutator = fixture.connection.getBufferedMutator(ORDERS);
    mutator.close();
    mutator.close();

    assertThatThrownBy(() -> mutator.mutate(put("a"))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingTheConnectionSettlesItsMutators() throws IOException {
    DropInFixture dual = DropInFixture.dual();
    dual.connection.getBufferedMutator(ORDERS).mutate(put("a"));

    dual.connection.close();

    assertThat(dual.log)
        .containsExactly("kafka Put a", "cluster batch Put a", "kafka closed", "cluster closed");
  }

  @Test
  void aMutatorClassOfTheCallersOwnIsRefused() {
    BufferedMutatorParams params =
        new BufferedMutatorParams(ORDERS).implementationClassName("com.example.Mutator");

    assertThatThrownBy(() -> fixture.connection.getBufferedMutator(params))
        .isInstanceOf(PublishRefusedException.class)
        .hasCauseInstanceOf(OperationRefusedException.class);
  }

  @Test
  void whatWasAskedForCanBeRead() throws IOException {
    fixture.configuration.setLong("hbase.client.write.buffer", 77);
    BufferedMutatorParams params =
        new BufferedMutatorParams(ORDERS).setMaxMutations(5).setRequestAttribute("k", new byte[1]);

    try (BufferedMutator mutator = fixture.connection.getBufferedMutator(params)) {
      assertThat(mutator.getName()).isEqualTo(ORDERS);
      assertThat(mutator.getConfiguration()).isSameAs(fixture.configuration);
      assertThat(mutator.getWriteBufferSize()).isEqualTo(77);
      assertThat(mutator.getMaxMutations()).isEqualTo(5);
      assertThat(mutator.getRequestAttributes()).containsOnlyKeys("k");
    }
  }

  private static MutationRejectedException rejected() {
    return new MutationRejectedException(
        ORDERS, "r", "NO_CELLS", "no cells; add one", new IllegalArgumentException());
  }

  @Test
  void theModesOfOtherTablesHandOutHBasesOwn() throws IOException {
    DropInFixture some =
        DropInFixture.with(Map.of("tables.publish-only", "shop:*", "tables.direct", "shop:orders"));

    assertThat(some.table()).isSameAs(some.cluster.table);
    assertThat(some.cluster.openings()).isEqualTo(1);
  }
}
