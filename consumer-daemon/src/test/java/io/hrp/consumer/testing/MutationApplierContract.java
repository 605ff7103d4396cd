package io.hrp.consumer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.consumer.apply.ApplyItem;
import io.hrp.consumer.apply.ApplyOutcome;
import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.apply.MutationApplier;
import io.hrp.wire.FamilySelection;
import io.hrp.wire.MutationDecoder;
import io.hrp.wire.MutationEncoder;
import io.hrp.wire.TableId;
import io.hrp.wire.WriterStamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MutationApplier} keeps to. A subclass gives an applier that reaches its target,
 * and a table with the family {@code f}.
 */
public abstract class MutationApplierContract {
  private static final long TIMESTAMP = 1_700_000_000_000L;

  /** The same one for the whole of a test. */
  protected abstract MutationApplier applier();

  protected abstract TableId table();

  /** Whether the target has anything in this row. */
  protected abstract boolean holds(String row);

  /** A mutation as it comes out of a record of the table, with every family selected. */
  protected final ApplyItem item(Row mutation) {
    return item(mutation, FamilySelection.ALL);
  }

  protected final ApplyItem item(Row mutation, FamilySelection families) {
    byte[] value = MutationEncoder.encode(table(), mutation, WriterStamp.of(TIMESTAMP, TIMESTAMP));
    return new ApplyItem(MutationDecoder.decode(value), families);
  }

  /** A put of one cell into family {@code f}. */
  protected static Put put(String row, String value) {
    return new Put(bytes(row)).addColumn(bytes("f"), bytes("q"), bytes(value));
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The outcomes, waited for. */
  protected final List<ApplyOutcome> apply(ApplyItem... batch) {
    return outcomes(applier().apply(table(), List.of(batch)));
  }

  protected static <T> T outcomes(CompletableFuture<T> future) {
    try {
      return future.get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the future must complete, and normally", e);
    }
  }

  @Test
  final void appliesABatchWithOneOutcomeForEachMutation() {
    List<ApplyOutcome> outcomes = apply(item(put("a", "1")), item(put("b", "1")));

    assertThat(outcomes)
        .containsExactly(ApplyOutcome.Applied.INSTANCE, ApplyOutcome.Applied.INSTANCE);
    assertThat(holds("a")).isTrue();
    assertThat(holds("b")).isTrue();
    assertThat(holds("c")).isFalse();
  }

  @Test
  final void appliesTheSameMutationAgain() {
    apply(item(put("a", "1")));

    assertThat(apply(item(put("a", "1")))).containsExactly(ApplyOutcome.Applied.INSTANCE);
  }

  @Test
  final void sendsNothingOfWhatTheSelectionLeavesEmpty() {
    FamilySelection other = FamilySelection.only(List.of("g"));

    List<ApplyOutcome> outcomes = apply(item(put("a", "1"), other), item(put("b", "1")));

    assertThat(outcomes)
        .containsExactly(ApplyOutcome.LeftEmpty.INSTANCE, ApplyOutcome.Applied.INSTANCE);
    assertThat(holds("a")).isFalse();
  }

  @Test
  final void refusesAnEmptyBatch() {
    assertThatThrownBy(() -> applier().apply(table(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  final void takesManyCallsAtOnce() {
    List<CompletableFuture<List<ApplyOutcome>>> calls = new ArrayList<>();
    for (int call = 0; call < 20; call++) {
      List<ApplyItem> batch = new ArrayList<>();
      for (int i = 0; i <= call; i++) {
        batch.add(item(put("row-" + call + "-" + i, "1")));
      }
      calls.add(applier().apply(table(), batch));
    }

    for (int call = 0; call < calls.size(); call++) {
      assertThat(outcomes(calls.get(call)))
          .hasSize(call + 1)
          .containsOnly(ApplyOutcome.Applied.INSTANCE);
    }
  }

  @Test
  final void tellsWhoTheTargetIs() {
    Optional<UUID> id = outcomes(applier().clusterId());

    assertThat(id).isPresent();
    assertThat(outcomes(applier().clusterId())).isEqualTo(id);
  }

  @Test
  final void sendsNothingOnceItIsClosed() throws Exception {
    applier().close();
    applier().close();

    List<ApplyOutcome> outcomes = apply(item(put("late", "1")), item(put("later", "1")));

    assertThat(outcomes)
        .hasSize(2)
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        ApplyOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(FailureReason.NOT_SENT)));
    assertThat(holds("late")).isFalse();
  }
}
