package io.hrp.producer.hbase;

import static io.hrp.producer.hbase.DropInFixture.F;
import static io.hrp.producer.hbase.DropInFixture.ORDERS;
import static io.hrp.producer.hbase.DropInFixture.Q;
import static io.hrp.producer.hbase.DropInFixture.delete;
import static io.hrp.producer.hbase.DropInFixture.put;
import static io.hrp.producer.hbase.DropInFixture.timestampOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hrp.producer.api.BackPressureException;
import io.hrp.producer.api.MutationRejectedException;
import io.hrp.producer.api.MutationTooLargeException;
import io.hrp.producer.api.OperationRefusedException;
import io.hrp.producer.api.PublishFailedException;
import io.hrp.producer.api.PublishFailedException.Outcome;
import io.hrp.producer.api.TopicClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.RetriesExhaustedWithDetailsException;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Test;

final class PublishOnlyTableTest {
  private final DropInFixture fixture = DropInFixture.publishOnly();

  @Test
  void writesGoToKafkaAndTheClusterIsNotOpened() throws IOException {
    Put put = put("p");
    try (Table table = fixture.table()) {
      table.put(put);
      table.delete(delete("d"));
      table.put(List.of(put("l1"), put("l2")));
      assertThat(table.mutateRow(RowMutations.of(List.of(put("m"), delete("m"))))).isNotNull();
    }
    fixture.connection.close();

    assertThat(fixture.log)
        .containsExactly(
            "kafka Put p",
            "kafka Delete d",
            "kafka Put l1",
            "kafka Put l2",
            "kafka RowMutations m",
            "kafka closed");
    assertThat(put.getTimestamp()).isEqualTo(HConstants.LATEST_TIMESTAMP);
    assertThat(fixture.cluster.openings()).isZero();
  }

  @Test
  void aRefusalCarriesTheLibrarysOwnException() throws IOException {
    MutationRejectedException refusal = rejected();
    fixture.kafka.refuses(refusal);

    assertThatThrownBy(() -> fixture.table().put(put("r")))
        .isInstanceOf(PublishRefusedException.class)
        .hasCause(refusal)
        .hasMessage(refusal.getMessage());
  }

  @Test
  void aFailureOfKafkaSaysWhetherTheMutationMayStandThere() {
    fixture.kafka.fails(Outcome.NOT_WRITTEN).fails(Outcome.UNKNOWN);

    WriteNotAcknowledgedException first = failureOf(put("r"));
    WriteNotAcknowledgedException second = failureOf(put("r"));

    assertThat(first.outcomeUnknown()).isFalse();
    assertThat(second.outcomeUnknown()).isTrue();
    Row stamped = second.failure().orElseThrow().stampedMutation();
    assertThat(timestampOf(stamped)).isEqualTo(AnsweringPublisher.FIRST_TIMESTAMP + 1);
  }

  private WriteNotAcknowledgedException failureOf(Put put) {
    return catchThrowableOfType(
        WriteNotAcknowledgedException.class, () -> fixture.table().put(put));
  }

  @Test
  void theOperationTimeoutBoundsTheWaitForKafka() throws IOException {
    fixture.kafka.holds();
    Table table = fixture.connection.getTableBuilder(ORDERS, null).setOperationTimeout(30).build();

    assertThatThrownBy(() -> table.put(put("r")))
        .isInstanceOfSatisfying(
            WriteNotAcknowledgedException.class,
            e -> {
              assertThat(e.outcomeUnknown()).isTrue();
              assertThat(e.failure()).isEmpty();
            })
        .hasMessageContaining("30 ms");
    assertThat(table.getOperationTimeout(TimeUnit.MILLISECONDS)).isEqualTo(30);
  }

  @Test
  void aListNamesEachRowThatFailedAndWhy() {
    Put refused = put("bad");
    Put unknown = put("unknown");
    fixture.kafka.takes().refuses(rejected()).fails(Outcome.UNKNOWN).takes();

    RetriesExhaustedWithDetailsException failure =
        catchThrowableOfType(
            RetriesExhaustedWithDetailsException.class,
            () -> fixture.table().put(List.of(put("a"), refused, unknown, put("z"))));

    assertThat(failure.getNumExceptions()).isEqualTo(2);
    assertThat(failure.getRow(0)).isSameAs(refused);
    assertThat(failure.getCause(0))
        .isInstanceOf(PublishRefusedException.class)
        .hasCauseInstanceOf(MutationRejectedException.class);
    assertThat(failure.getRow(1)).isSameAs(unknown);
    assertThat(failure.getCause(1)).hasCauseInstanceOf(PublishFailedException.class);
    assertThat(failure.mayHaveClusterIssues()).isTrue();
    assertThat(fixture.log).containsExactly("kafka Put a", "kafka Put unknown", "kafka Put z");
  }

  @Test
  void aRefusalOfMoreThanTheMutationEndsTheList() {
    fixture
        .kafka
        .takes()
        .refuses(new BackPressureException(ORDERS, Duration.ofMillis(1), 1, 1, null));

    RetriesExhaustedWithDetailsException failure =
        catchThrowableOfType(
            RetriesExhaustedWithDetailsException.class,
            () -> fixture.table().put(List.of(put("a"), put("b"), put("c"))));

    assertThat(failure.getNumExceptions()).isEqualTo(2);
    assertThat(fixture.log).containsExactly("kafka Put a");
  }

  @Test
  void aListOfDeletesHoldsWhatFailed() {
    fixture.kafka.takes().fails(Outcome.UNKNOWN).takes();
    Delete failing = delete("b");
    List<Delete> deletes = new ArrayList<>(List.of(delete("a"), failing, delete("c")));

    assertThatThrownBy(() -> fixture.table().delete(deletes))
        .isInstanceOf(RetriesExhaustedWithDetailsException.class);

    assertThat(deletes).containsExactly(failing);
  }

  @Test
  void aBatchRunsInTheOrderOfTheList() throws Exception {
    Object[] results = new Object[5];
    List<Row> actions = List.of(put("a"), put("b"), new Get(Q), delete("c"), new Get(Q));

    fixture.table().batch(actions, results);

    assertThat(results).hasOnlyElementsOfType(Result.class);
    assertThat(fixture.log)
        .containsExactly(
            "kafka Put a",
            "kafka Put b",
            "cluster batch Get q",
            "kafka Delete c",
            "cluster batch Get q");
  }

  @Test
  void aBatchThatReadsAndFailsKeepsWhatSucceeded() {
    fixture.cluster.down();
    Object[] results = new Object[2];

    RetriesExhaustedWithDetailsException failure =
        catchThrowableOfType(
            RetriesExhaustedWithDetailsException.class,
            () -> fixture.table().batch(List.of(put("a"), new Get(Q)), results));

    assertThat(failure.getNumExceptions()).isEqualTo(1);
    assertThat(results[0]).isInstanceOf(Result.class);
    assertThat(results[1]).isInstanceOf(IOException.class);
  }

  @Test
  void aBatchWithAnIncrementIsRefusedBeforeAnythingIsSent() {
    Increment increment = new Increment(Q).addColumn(F, Q, 1);

    assertThatThrownBy(() -> fixture.table().batch(List.of(put("a"), increment), new Object[2]))
        .isInstanceOf(PublishRefusedException.class)
        .hasCauseInstanceOf(OperationRefusedException.class)
        .hasMessageContaining("make the table dual");

    assertThat(fixture.log).isEmpty();
  }

  @Test
  void aCallbackHearsOfEachActionThatSucceeded() throws Exception {
    fixture.kafka.fails(Outcome.UNKNOWN);
    List<String> heard = new ArrayList<>();

    assertThatThrownBy(
            () ->
                fixture
                    .table()
                    .<Result>batchCallback(
                        List.of(put("a"), put("b")),
                        new Object[2],
                        (region, row, result) -> heard.add(Bytes.toString(row))))
        .isInstanceOf(RetriesExhaustedWithDetailsException.class);

    assertThat(heard).containsExactly("b");
  }

  @Test
  void aCellAboveHBasesOwnLimitIsRefused() throws IOException {
    fixture.configuration.setInt("hbase.client.keyvalue.maxsize", 100);
    Put large = new Put(Q).addColumn(F, Q, new byte[200]);

    assertThatThrownBy(() -> fixture.table().put(large))
        .isInstanceOf(PublishRefusedException.class)
        .hasCauseInstanceOf(MutationTooLargeException.class);
  }

  @Test
  void aClosedTopicIsARefusalOrAStepAside() throws IOException {
    fixture
        .kafka
        .refuses(new TopicClosedException(ORDERS, TopicClosedException.Policy.REJECT, "by me"))
        .refuses(new TopicClosedException(ORDERS, TopicClosedException.Policy.DIRECT, "by me"));
    Put put = put("past");

    assertThatThrownBy(() -> fixture.table().put(put))
        .isInstanceOf(PublishRefusedException.class)
        .hasCauseInstanceOf(TopicClosedException.class);
    fixture.table().put(put);

    assertThat(fixture.log).containsExactly("cluster batch Put past");
    assertThat(fixture.cluster.written()).containsExactly(put);
  }

  @Test
  void aStepAsideToAClusterThatIsDownFailsAsHBaseWould() {
    fixture.kafka.refuses(
        new TopicClosedException(ORDERS, TopicClosedException.Policy.DIRECT, "by me"));
    fixture.cluster.down();

    assertThatThrownBy(() -> fixture.table().put(put("past")))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("region server down");
  }

  @Test
  void timeoutsReachTheRealTableThatReads() throws IOException {
    Table table =
        fixture
            .connection
            .getTableBuilder(ORDERS, null)
            .setOperationTimeout(1)
            .setReadRpcTimeout(2)
            .setWriteRpcTimeout(3)
            .setRpcTimeout(4)
            .build();

    table.exists(new Get(Q));

    assertThat(fixture.cluster.settings())
        .isEqualTo(
            Map.of(
                "setOperationTimeout", 1,
                "setReadRpcTimeout", 2,
                "setWriteRpcTimeout", 3,
                "setRpcTimeout", 4));
  }

  private static MutationRejectedException rejected() {
    return new MutationRejectedException(
        ORDERS, "r", "NO_CELLS", "no cells; add one", new IllegalArgumentException());
  }
}
