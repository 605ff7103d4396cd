package io.hrp.consumer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.codahale.metrics.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WindowedReservoirTest {
  private final AtomicLong nanos = new AtomicLong(-Duration.ofSeconds(30).toNanos());
  private final WindowedReservoir reservoir =
      new WindowedReservoir(1_000, 3_600_000_000_000L, nanos::get);

  @Test
  void givesQuantilesOfAllValuesOfTheWindow() {
    for (int millis = 1; millis <= 1_000; millis++) {
      reservoir.update(millis * 1_000_000L);
    }

    Snapshot snapshot = reservoir.getSnapshot();

    assertThat(snapshot.size()).isEqualTo(1_000);
    assertThat(snapshot.getMedian()).isCloseTo(500e6, within(5e6));
    assertThat(snapshot.get99thPercentile()).isCloseTo(990e6, within(10e6));
    assertThat((double) snapshot.getMax()).isCloseTo(1_000e6, within(10e6));
  }

  @Test
  void showsTheSameToEveryReader() {
    reservoir.update(5_000_000);

    assertThat(reservoir.getSnapshot().size()).isEqualTo(1);
    assertThat(reservoir.getSnapshot().size()).isEqualTo(1);
  }

  @Test
  void forgetsValuesAfterAMinuteAndKeepsTheirSum() {
    reservoir.update(5_000_000);
    advance(Duration.ofSeconds(39));
    reservoir.update(7_000_000);
    assertThat(reservoir.getSnapshot().size()).isEqualTo(2);

    advance(Duration.ofSeconds(22));
    assertThat(reservoir.getSnapshot().size()).isEqualTo(1);

    advance(Duration.ofHours(3));
    assertThat(reservoir.getSnapshot().size()).isZero();
    assertThat(reservoir.getSnapshot().getMedian()).isZero();
    assertThat(((HistogramSnapshot) reservoir.getSnapshot()).lifetimeSum()).isEqualTo(12_000_000);
  }

  @Test
  void forgetsValuesThatNobodyLookedAtInTime() {
    reservoir.update(5_000_000);
    advance(Duration.ofMinutes(5));

    reservoir.update(9_000_000);

    assertThat(reservoir.getSnapshot().size()).isEqualTo(1);
  }

  @Test
  void cutsWhatLiesOutsideOfItsRange() {
    reservoir.update(-5);
    reservoir.update(Long.MAX_VALUE);

    assertThat(reservoir.getSnapshot().size()).isEqualTo(2);
    assertThat(reservoir.getSnapshot().getMin()).isZero();
  }

  @Test
  void losesNoValueOfConcurrentWriters() throws InterruptedException {
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  reservoir.update(1_000_000);
                }
              });
      writers.add(thread);
      thread.start();
    }
    for (int i = 0; i < 50; i++) {
      reservoir.getSnapshot();
    }
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(reservoir.getSnapshot().size()).isEqualTo(80_000);
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
