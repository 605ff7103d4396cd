package io.hrp.producer.hbase;

import static io.hrp.producer.hbase.DropInFixture.ORDERS;
import static io.hrp.producer.hbase.DropInFixture.Q;
import static io.hrp.producer.hbase.DropInFixture.delete;
import static io.hrp.producer.hbase.DropInFixture.put;
import static io.hrp.producer.hbase.DropInFixture.timestampOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.producer.api.BackPressureException;
import io.hrp.producer.api.PublishFailedException.Outcome;
import io.hrp.producer.api.TopicClosedException;
import io.hrp.producer.config.DropInSettings.Heal;
import io.hrp.producer.config.TableMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.hbase.client.AsyncTable;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AsyncTableMethodsTest {
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final AnsweringPublisher kafka = new AnsweringPublisher(log);
  private final List<Row> written = new ArrayList<>();
  private boolean isDown;

  private final AsyncTable<?> real =
      FakeCluster.proxy(AsyncTable.class, (method, arguments) -> answer(method, arguments));

  static Stream<Method> methods() {
    return Arrays.stream(AsyncTable.class.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodHasADecision(Method method) {
    assertThat(AsyncTableMethods.decisionOf(method))
        .as("decide on it in AsyncTableMethods: %s", method)
        .isPresent();
  }

  @Test
  void writesGoToKafkaAlone() {
    AsyncTable<?> table = table(TableMode.PUBLISH_ONLY, Heal.DAEMON, 0);

    table.put(put("a")).join();
    table.delete(delete("b")).join();
    CompletableFuture.allOf(table.put(List.of(put("c"))).toArray(new CompletableFuture<?>[0]))
        .join();
    table.putAll(List.of(put("d"))).join();
    table.deleteAll(List.of(delete("e"))).join();
    assertThat(table.<Result>batchAll(List.of(put("f"), new Get(Q))).join())
        .hasSize(2)
        .doesNotContainNull();

    assertThat(log)
        .containsExactly(
            "kafka Put a",
            "kafka Delete b",
            "kafka Put c",
            "kafka Put d",
            "kafka Delete e",
            "kafka Put f",
            "cluster batch Get q");
  }

  @Test
  void aRowMutationGivesAResult() throws IOException {
    AsyncTable<?> table = table(TableMode.PUBLISH_ONLY, Heal.DAEMON, 0);

    assertThat(table.mutateRow(RowMutations.of(List.of(put("a")))).join()).isNotNull();
  }

  @Test
  void refusalsComeThroughTheFutureAndEndAList() {
    AsyncTable<?> table = table(TableMode.PUBLISH_ONLY, Heal.DAEMON, 0);
    kafka.takes().refuses(new BackPressureException(ORDERS, Duration.ofMillis(1), 1, 1, null));

    List<CompletableFuture<Void>> futures = table.put(List.of(put("a"), put("b"), put("c")));

    futures.get(0).join();
    for (int i = 1; i < 3; i++) {
      assertThatThrownBy(futures.get(i)::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(PublishRefusedException.class);
    }
    assertThat(log).containsExactly("kafka Put a");
  }

  @Test
  @SuppressWarnings("deprecation") // programs still call it
  void whatOnlyARegionServerKnowsIsRefused() {
    AsyncTable<?> table = table(TableMode.DUAL, Heal.DAEMON, 0);
    Increment increment = new Increment(Q).addColumn(Q, Q, 1);

    assertThatThrownBy(() -> table.increment(increment).get())
        .hasCauseInstanceOf(PublishRefusedException.class);
    assertThatThrownBy(() -> table.checkAndMutate(Q, Q))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(PublishRefusedException.class);
    assertThatThrownBy(() -> table.<Result>batch(List.of(increment)).get(0).get())
        .hasCauseInstanceOf(PublishRefusedException.class);
    assertThat(log).isEmpty();
  }

  @Test
  void aFailureOfKafkaKeepsTheLocalClusterUnwritten() {
    AsyncTable<?> table = table(TableMode.DUAL, Heal.DAEMON, 0);
    kafka.fails(Outcome.UNKNOWN);

    assertThatThrownBy(() -> table.put(put("a")).get())
        .hasCauseInstanceOf(WriteNotAcknowledgedException.class);

    assertThat(written).isEmpty();
  }

  @Test
  void theOperationTimeoutBoundsTheWaitForKafka() {
    AsyncTable<?> table = table(TableMode.PUBLISH_ONLY, Heal.DAEMON, 20);
    kafka.holds();

    assertThatThrownBy(() -> table.put(put("a")).get())
        .hasCauseInstanceOf(WriteNotAcknowledgedException.class)
        .hasRootCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void aDualListIsPublishedAndThenWrittenAsOneBatchWithTheSameTimestamps() {
    AsyncTable<?> table = table(TableMode.DUAL, Heal.DAEMON, 0);

    table.putAll(List.of(put("a"), put("b"))).join();

    assertThat(log).containsExactly("kafka Put a", "kafka Put b", "cluster batch Put a, Put b");
    assertThat(timestampOf(written.get(1))).isEqualTo(1_002);
  }

  @Test
  void aLocalFailureSaysThatTheDaemonHeals() {
    AsyncTable<?> table = table(TableMode.DUAL, Heal.DAEMON, 0);
    isDown = true;

    assertThatThrownBy(() -> table.put(put("a")).get())
        .cause()
        .isInstanceOfSatisfying(
            LocalWriteFailedException.class, e -> assertThat(e.heals()).isTrue());
  }

  @Test
  void onFailurePublishesAgainWithoutTheMark() {
    AsyncTable<?> table = table(TableMode.DUAL, Heal.ON_FAILURE, 0);
    isDown = true;

    assertThatThrownBy(() -> table.put(put("a")).get())
        .cause()
        .isInstanceOfSatisfying(
            LocalWriteFailedException.class, e -> assertThat(e.heals()).isTrue());

    assertThat(((Mutation) kafka.sent().get(0)).getClusterIds()).hasSize(1);
    assertThat(((Mutation) kafka.sent().get(1)).getClusterIds()).isEmpty();
    assertThat(timestampOf(kafka.sent().get(1))).isEqualTo(1_001);
  }

  @Test
  void aTopicClosedForDirectWritesSendsThemToTheClusterAlone() {
    AsyncTable<?> table = table(TableMode.PUBLISH_ONLY, Heal.DAEMON, 0);
    kafka.refuses(new TopicClosedException(ORDERS, TopicClosedException.Policy.DIRECT, "by me"));

    table.put(put("a")).join();

    assertThat(log).containsExactly("cluster batch Put a");
  }

  private AsyncTable<?> table(TableMode mode, Heal heal, long timeoutMs) {
    return AsyncTableMethods.of(
        real,
        new AsyncWrites(
            kafka, mode, heal, Optional.of(UUID.fromString(FakeCluster.ID)), real, timeoutMs),
        new CellSizeLimit(ORDERS, 0),
        false,
        null);
  }

  private @Nullable Object answer(Method method, Object[] arguments) {
    switch (method.getName()) {
      case "getName":
        return ORDERS;
      case "batch":
        List<?> rows = (List<?>) arguments[0];
        log.add(
            "cluster batch "
                + rows.stream()
                    .map(row -> FakeCluster.describe((Row) row))
                    .collect(Collectors.joining(", ")));
        rows.forEach(row -> written.add((Row) row));
        return rows.stream()
            .map(
                row ->
                    isDown
                        ? CompletableFuture.<Result>failedFuture(new IOException("down"))
                        : CompletableFuture.completedFuture(Result.EMPTY_RESULT))
            .collect(Collectors.toList());
      default:
        throw new IllegalStateException(method + " of " + Bytes.toString(Q));
    }
  }
}
