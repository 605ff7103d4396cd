package io.hrp.producer.hbase;

import static io.hrp.producer.hbase.DropInFixture.ORDERS;
import static io.hrp.producer.hbase.DropInFixture.Q;
import static io.hrp.producer.hbase.DropInFixture.delete;
import static io.hrp.producer.hbase.DropInFixture.put;
import static io.hrp.producer.hbase.DropInFixture.timestampOf;
import static io.hrp.producer.metrics.ProducerMetric.LOCAL_WRITES;
import static io.hrp.producer.metrics.ProducerMetric.MUTATIONS_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.codahale.metrics.Counter;
import io.hrp.producer.api.BackPressureException;
import io.hrp.producer.api.PublishFailedException.Outcome;
import io.hrp.producer.api.TopicClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.hbase.client.BufferedMutator;
import org.apache.hadoop.hbase.client.BufferedMutatorParams;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RetriesExhaustedWithDetailsException;
import org.apache.hadoop.hbase.client.RowMutations;
import org.junit.jupiter.api.Test;

/** Each line of the failure table of the mode dual in {@code docs/producer.md}. */
final class DualTableTest {
  private static final UUID LOCAL = UUID.fromString(FakeCluster.ID);

  private final DropInFixture fixture = DropInFixture.dual();

  @Test
  void kafkaComesFirstAndTheClusterGetsTheSameTimestamps() throws IOException {
    fixture.table().put(put("a"));
    fixture.table().mutateRow(RowMutations.of(List.of(put("b"), delete("b"))));

    assertThat(fixture.log)
        .containsExactly(
            "kafka Put a",
            "cluster batch Put a",
            "kafka RowMutations b",
            "cluster batch RowMutations b");
    assertThat(timestampOf(fixture.cluster.written().get(0))).isEqualTo(1_001);
    assertThat(((Mutation) fixture.cluster.written().get(0)).getClusterIds()).isEmpty();
    assertThat(timestampOf(fixture.cluster.written().get(1))).isEqualTo(1_002);
  }

  @Test
  void aListIsPublishedAsAWholeAndThenWrittenAsOneBatch() throws IOException {
    fixture.table().put(List.of(put("a"), put("b")));

    assertThat(fixture.log)
        .containsExactly("kafka Put a", "kafka Put b", "cluster batch Put a, Put b");
  }

  @Test
  void aGetSeesWhatAPutBeforeItInTheBatchHasWritten() throws Exception {
    fixture.table().batch(List.of(put("a"), new Get(Q), put("b")), new Object[3]);

    assertThat(fixture.log)
        .containsExactly(
            "kafka Put a",
            "cluster batch Put a",
            "cluster batch Get q",
            "kafka Put b",
            "cluster batch Put b");
  }

  @Test
  void ifKafkaIsDownTheLocalClusterIsNotWritten() {
    fixture
        .kafka
        .refuses(new BackPressureException(ORDERS, Duration.ofSeconds(1), 1, 1, null))
        .fails(Outcome.UNKNOWN);

    assertThatThrownBy(() -> fixture.table().put(put("refused")))
        .isInstanceOf(PublishRefusedException.class);
    assertThatThrownBy(() -> fixture.table().put(put("unknown")))
        .isInstanceOfSatisfying(
            WriteNotAcknowledgedException.class, e -> assertThat(e.outcomeUnknown()).isTrue());

    assertThat(fixture.cluster.written()).isEmpty();
    assertThat(fixture.log).containsExactly("kafka Put unknown");
  }

  @Test
  void ifTheLocalClusterIsDownTheCallerHearsThatItsDaemonHeals() {
    fixture.cluster.down();

    LocalWriteFailedException failure = localFailureOf(put("a"));

    assertThat(failure.heals()).isTrue();
    assertThat(timestampOf(failure.stampedMutation())).isEqualTo(1_001);
    assertThat(failure).hasRootCauseMessage("region server down");
    assertThat(fixture.log).containsExactly("kafka Put a");
  }

  @Test
  void localWritesAreCountedByWhatBecameOfThem() throws IOException {
    fixture.table().put(put("a"));
    fixture.kafka.refuses(
        new TopicClosedException(ORDERS, TopicClosedException.Policy.DIRECT, "by me"));
    fixture.table().put(put("b"));
    fixture.cluster.down();
    localFailureOf(put("c"));
    assertThatThrownBy(() -> fixture.table().checkAndMutate(List.of()))
        .isInstanceOf(PublishRefusedException.class);

    Map<String, Counter> counters = fixture.kafka.metrics().getCounters();
    assertThat(counters.values()).extracting(Counter::getCount).containsOnly(1L);
    assertThat(counters)
        .containsOnlyKeys(
            LOCAL_WRITES.registryName("shop:orders", "applied"),
            LOCAL_WRITES.registryName("shop:orders", "failed"),
            LOCAL_WRITES.registryName("shop:orders", "unpublished"),
            MUTATIONS_REFUSED.registryName("shop:orders", "operation"));
  }

  @Test
  void ifTheLocalClusterCannotBeReachedAtAllKafkaHasTheMutationAllTheSame() {
    fixture.cluster.unreachable();

    assertThat(localFailureOf(put("a")).heals()).isTrue();
    assertThat(fixture.log).containsExactly("kafka Put a");
  }

  @Test
  void ifBothAreDownNothingIsWrittenAnywhere() {
    fixture.kafka.refuses(new BackPressureException(ORDERS, Duration.ofSeconds(1), 1, 1, null));
    fixture.cluster.down();

    assertThatThrownBy(() -> fixture.table().put(put("a")))
        .isInstanceOf(PublishRefusedException.class);

    assertThat(fixture.log).isEmpty();
  }

  @Test
  void aMutationWrittenAgainAfterALocalFailureKeepsItsTimestamps() throws IOException {
    fixture.cluster.down();
    LocalWriteFailedException failure = localFailureOf(put("a"));
    fixture.cluster.up();

    fixture.table().put((Put) failure.stampedMutation());

    assertThat(timestampOf(fixture.cluster.written().get(0))).isEqualTo(1_001);
  }

  @Test
  void onFailureMarksWhatTheDaemonIsToLeaveAlone() throws IOException {
    DropInFixture onFailure = onFailure();

    onFailure.table().put(put("a"));

    assertThat(((Mutation) onFailure.kafka.sent().get(0)).getClusterIds()).containsExactly(LOCAL);
    assertThat(((Mutation) onFailure.cluster.written().get(0)).getClusterIds()).isEmpty();
  }

  @Test
  void onFailurePublishesAgainWhatTheLocalClusterDidNotTake() {
    DropInFixture onFailure = onFailure();
    onFailure.cluster.failing("b");

    RetriesExhaustedWithDetailsException failure =
        catchThrowableOfType(
            RetriesExhaustedWithDetailsException.class,
            () -> onFailure.table().put(List.of(put("a"), put("b"))));

    assertThat(onFailure.log)
        .containsExactly("kafka Put a", "kafka Put b", "cluster batch Put a, Put b", "kafka Put b");
    Mutation again = (Mutation) onFailure.kafka.sent().get(2);
    assertThat(again.getClusterIds()).isEmpty();
    assertThat(timestampOf(again)).isEqualTo(1_002);
    assertThat(failure.getNumExceptions()).isEqualTo(1);
    assertThat(((LocalWriteFailedException) failure.getCause(0)).heals()).isTrue();
  }

  @Test
  void onFailureSaysSoIfThatFailsToo() {
    DropInFixture onFailure = onFailure();
    onFailure.cluster.failing("a");
    onFailure.kafka.takes().fails(Outcome.NOT_WRITTEN);

    assertThatThrownBy(() -> onFailure.table().put(put("a")))
        .isInstanceOfSatisfying(
            LocalWriteFailedException.class,
            e -> {
              assertThat(e.heals()).isFalse();
              assertThat(e.getSuppressed()).hasSize(1);
            })
        .hasMessageContaining("write stampedMutation() again");
  }

  @Test
  void onFailureLeavesEverythingToTheDaemonAsLongAsTheClustersIdIsUnknown() throws IOException {
    DropInFixture onFailure = onFailure();
    onFailure.cluster.withoutId();

    onFailure.table().put(put("a"));

    assertThat(((Mutation) onFailure.kafka.sent().get(0)).getClusterIds()).isEmpty();
  }

  @Test
  void theClustersIdIsAskedForOnceAndKnownWhileItIsDown() throws IOException {
    DropInFixture onFailure = onFailure();
    onFailure.table().put(put("a"));
    onFailure.cluster.down();

    assertThatThrownBy(() -> onFailure.table().put(put("b")))
        .isInstanceOf(LocalWriteFailedException.class);

    assertThat(onFailure.log)
        .containsExactly("kafka Put a", "cluster batch Put a", "kafka Put b", "kafka Put b");
    assertThat(onFailure.cluster.questions()).isEqualTo(1);
  }

  @Test
  void aClusterThatDoesNotTellItsIdIsNotAskedAtEachWrite() throws IOException {
    DropInFixture onFailure = onFailure();
    onFailure.cluster.withoutId();

    onFailure.table().put(put("a"));
    onFailure.table().put(put("b"));

    assertThat(onFailure.cluster.questions()).isEqualTo(1);
  }

  @Test
  void aClosedTopicLeavesTheLocalClusterAlone() throws IOException {
    fixture.kafka.refuses(
        new TopicClosedException(ORDERS, TopicClosedException.Policy.DIRECT, "by me"));
    Put put = put("a");

    fixture.table().put(put);

    assertThat(fixture.log).containsExactly("cluster batch Put a");
    assertThat(fixture.cluster.written()).containsExactly(put);
  }

  @Test
  void aMutatorWritesTheLocalHalfWhenItsBufferIsFullAtAFlushAndAtTheEnd() throws IOException {
    BufferedMutatorParams params = new BufferedMutatorParams(ORDERS).setMaxMutations(2);
    try (BufferedMutator mutator = fixture.connection.getBufferedMutator(params)) {
      mutator.mutate(put("a"));
      assertThat(fixture.cluster.written()).isEmpty();
      mutator.mutate(put("b"));
      assertThat(fixture.cluster.written()).hasSize(2);
      mutator.mutate(put("c"));
      mutator.flush();
      mutator.mutate(put("d"));
    }

    assertThat(fixture.log)
        .containsExactly(
            "kafka Put a",
            "kafka Put b",
            "cluster batch Put a, Put b",
            "kafka Put c",
            "cluster batch Put c",
            "kafka Put d",
            "cluster batch Put d");
  }

  @Test
  void aMutatorsBufferIsCountedInBytesToo() throws IOException {
    BufferedMutatorParams params = new BufferedMutatorParams(ORDERS).writeBufferSize(1);
    try (BufferedMutator mutator = fixture.connection.getBufferedMutator(params)) {
      mutator.mutate(put("a"));

      assertThat(fixture.cluster.written()).hasSize(1);
    }
  }

  private static DropInFixture onFailure() {
    return DropInFixture.with(Map.of("tables.dual", "shop:*", "dual.heal", "on-failure"));
  }

  private LocalWriteFailedException localFailureOf(Put put) {
    return catchThrowableOfType(LocalWriteFailedException.class, () -> fixture.table().put(put));
  }
}
