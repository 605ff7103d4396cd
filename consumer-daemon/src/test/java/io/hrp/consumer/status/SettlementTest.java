package io.hrp.consumer.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.wire.TableId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SettlementTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000);

  @Test
  void isReachedWhereNothingIsAssigned() {
    assertThat(Settlement.isReached(List.of(), NOW)).isTrue();
  }

  @Test
  void isReachedWithPartitionsThatFlowOrWaitForAKnownReason() {
    assertThat(
            Settlement.isReached(
                List.of(
                    partition(Optional.empty()),
                    partition(PauseReason.OPERATOR, NOW),
                    partition(PauseReason.TOPIC_UNAUTHORIZED, NOW),
                    partition(PauseReason.MEMORY, NOW)),
                NOW))
        .isTrue();
  }

  @Test
  void isNotReachedWhileAPartitionIsBeingFoundOutAbout() {
    for (PauseReason reason : List.of(PauseReason.STARTING, PauseReason.CONTROL_UNKNOWN)) {
      assertThat(
              Settlement.isReached(
                  List.of(partition(Optional.empty()), partition(reason, Instant.EPOCH)), NOW))
          .isFalse();
    }
  }

  @Test
  void isReachedWithoutATargetOnlyAfterTheTimeThatConnectingTakes() {
    Instant since = NOW.minus(Settlement.CONNECTING);

    assertThat(
            Settlement.isReached(
                List.of(partition(PauseReason.TARGET_UNAVAILABLE, since.plusMillis(1))), NOW))
        .isFalse();
    assertThat(Settlement.isReached(List.of(partition(PauseReason.TARGET_UNAVAILABLE, since)), NOW))
        .isTrue();
  }

  private static PartitionSnapshot partition(PauseReason reason, Instant since) {
    return partition(
        Optional.of(new PartitionSnapshot.Cause(reason, Optional.empty(), "why", since)));
  }

  private static PartitionSnapshot partition(Optional<PartitionSnapshot.Cause> cause) {
    return new PartitionSnapshot(
        TableId.of("default", "orders"), 0, cause, 0, 0, 0, Optional.empty());
  }
}
