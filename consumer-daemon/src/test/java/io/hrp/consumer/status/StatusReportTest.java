package io.hrp.consumer.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.consumer.apply.FailureReason;
import io.hrp.control.Condition;
import io.hrp.control.OutcomeCounts;
import io.hrp.control.PeerStatus;
import io.hrp.control.RunState;
import io.hrp.control.TableStatus;
import io.hrp.wire.TableId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StatusReportTest {
  private static final TableId TABLE = TableId.of("default", "orders");
  private static final Instant SINCE = Instant.ofEpochSecond(1_000);
  private static final Condition RUNNING = Condition.of(RunState.RUNNING);

  private final StatusReport report = new StatusReport("east");

  @Test
  void sumsLagAndShowsTheOldestRecordAndTheWorstPartition() {
    PeerStatus status =
        describe(
            List.of(
                running(0, 5, Optional.of(Instant.ofEpochSecond(50))),
                waiting(1, PauseReason.RETRYING, Optional.of(FailureReason.TIMED_OUT), 7),
                waiting(2, PauseReason.PARKED, Optional.of(FailureReason.TABLE_MISSING), 11)),
            0);

    TableStatus table = status.table(TABLE).orElseThrow();
    assertThat(table.lagRecords()).isEqualTo(23);
    assertThat(table.oldestUnapplied()).contains(Instant.ofEpochSecond(50));
    assertThat(table.condition())
        .isEqualTo(Condition.of(RunState.PARKED, "table-missing", "told so", SINCE));
    assertThat(table.troubled()).extracting(each -> each.partition()).containsExactly(1, 2);
    assertThat(table.assigned()).containsExactly(0, 1, 2);
    assertThat(status.condition()).isEqualTo(RUNNING);
  }

  @Test
  void doesNotKnowTheLagOfATableWithAPartitionWhoseLagIsNotKnown() {
    PeerStatus status =
        describe(
            List.of(
                running(0, 5, Optional.empty()),
                waiting(1, PauseReason.STARTING, Optional.empty(), -1)),
            0);

    assertThat(status.table(TABLE).orElseThrow().lagRecords()).isEqualTo(-1);
  }

  @Test
  void takesFullBuffersForRunning() {
    PeerStatus status = describe(List.of(waiting(0, PauseReason.MEMORY, Optional.empty(), 9)), 0);

    assertThat(status.table(TABLE).orElseThrow().condition()).isEqualTo(RUNNING);
    assertThat(status.table(TABLE).orElseThrow().troubled()).isEmpty();
  }

  @Test
  void saysThatThePeerIsOutOfReachWhenAllItsPartitionsMissIt() {
    PeerStatus status =
        describe(List.of(waiting(0, PauseReason.TARGET_UNAVAILABLE, Optional.empty(), 9)), 0);

    assertThat(status.condition().state()).isEqualTo(RunState.WAITING);
    assertThat(status.condition().reason()).isEqualTo("target-unavailable");
  }

  @Test
  void computesRatesOverTheLastFewReports() {
    List<PartitionSnapshot> partitions = List.of(running(0, 0, Optional.empty()));
    describe(partitions, 0);
    PeerStatus later =
        report.describe(
            new PeerSnapshot("east", 0, 0, 0, true, partitions),
            RUNNING,
            table -> OutcomeCounts.of(3_000, 0, 1_000, 0),
            2_000_000_000L);

    assertThat(later.table(TABLE).orElseThrow().appliedPerSecond()).isEqualTo(1_500.0);
    assertThat(later.table(TABLE).orElseThrow().discardedPerSecond()).isEqualTo(500.0);
  }

  private PeerStatus describe(List<PartitionSnapshot> partitions, long nanos) {
    return report.describe(
        new PeerSnapshot("east", 0, 0, 0, true, partitions),
        RUNNING,
        table -> OutcomeCounts.none(),
        nanos);
  }

  private static PartitionSnapshot running(int partition, long lag, Optional<Instant> oldest) {
    return new PartitionSnapshot(TABLE, partition, Optional.empty(), 10, 10, lag, oldest);
  }

  private static PartitionSnapshot waiting(
      int partition, PauseReason reason, Optional<FailureReason> failure, long lag) {
    return new PartitionSnapshot(
        TABLE,
        partition,
        Optional.of(new PartitionSnapshot.Cause(reason, failure, "told so", SINCE)),
        10,
        10,
        lag,
        Optional.of(Instant.ofEpochSecond(60)));
  }
}
