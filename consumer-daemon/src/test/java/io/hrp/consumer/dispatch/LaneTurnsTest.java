package io.hrp.consumer.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LaneTurnsTest {
  /** So often at the most; it ends as soon as it has seen enough of what it is about. */
  private static final int ROUNDS = 5_000_000;

  private static final int ENOUGH = 20;

  private final LaneFixture fixture = new LaneFixture(1);
  private final PartitionLanes partition = fixture.lanes(1);
  private int interruptedAcquisitions;
  private int runs;

  private final LaneTurns turns =
      new LaneTurns(partition, new TableGate(), this::takeAPermitAndEverything);

  @Test
  @Timeout(60)
  void losesNoPermitThatComesTogetherWithAStop() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Thread stopper =
        new Thread(
            () -> {
              while (!over.get()) {
                turns.wakeToStop();
              }
            },
            "stopper");
    stopper.start();
    try {
      for (int i = 0; i < ROUNDS && interruptedAcquisitions < ENOUGH; i++) {
        turns.offer(List.of(fixture.put(i, "row")));
        fixture.scheduler.runAll();
        assertThat(fixture.peer.limiter().used()).isZero();
      }
    } finally {
      over.set(true);
      stopper.join();
    }
    fixture.scheduler.runAll();

    assertThat(interruptedAcquisitions)
        .as("stops that came while a permit was acquired, in %d runs", runs)
        .isPositive();
    assertThat(partition.isQuiet()).isTrue();
  }

  private void takeAPermitAndEverything() {
    turns.begin();
    runs++;
    if (!turns.acquirePermit()) {
      // Somebody else has changed the state, so another run comes.
      interruptedAcquisitions++;
      return;
    }
    assertThat(turns.takeIn(Integer.MAX_VALUE)).isNotNull();
    assertThat(turns.tryIdle()).isTrue();
  }
}
