package io.hrp.producer.internal.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LastTimestampsTest {
  private final LastTimestamps last = new LastTimestamps();

  @Test
  void bumpsOnlyTheRowThatWasWrittenInTheSameMillisecond() {
    assertThat(give(1, 100)).isEqualTo(100);
    assertThat(give(1, 100)).isEqualTo(101);
    assertThat(give(1, 100)).isEqualTo(102);
    assertThat(give(2, 100)).isEqualTo(100);
  }

  @Test
  void forgetsRowsOnceTheClockHasPassedThem() {
    give(1, 100);
    give(1, 100);
    give(2, 100);

    assertThat(give(3, 102)).isEqualTo(102);

    assertThat(last.size()).isEqualTo(1);
    assertThat(give(1, 102)).isEqualTo(102);
  }

  @Test
  void keepsARowThatIsStillAhead() {
    for (int i = 0; i < 5; i++) {
      give(1, 100);
    }

    assertThat(give(1, 103)).isEqualTo(105);
  }

  @Test
  void neverGoesBackWhenTheClockIsSetBack() {
    give(1, 100);
    give(2, 500);

    assertThat(give(1, 50)).isEqualTo(500);
    assertThat(give(2, 50)).isEqualTo(501);
    assertThat(give(3, 50)).isEqualTo(500);
  }

  @Test
  void lookingChangesNothing() {
    give(1, 100);

    assertThat(last.peek(1, 100)).isEqualTo(101);
    assertThat(last.peek(1, 100)).isEqualTo(101);
  }

  @Test
  void staysBoundedWhileTheClockStandsStillAndNoRowGoesBack() {
    Map<Long, Long> given = new HashMap<>();
    for (int round = 0; round < 3; round++) {
      for (long row = 1; row <= 3 * LastTimestamps.MAX_ENTRIES; row++) {
        long timestamp = give(row, 100);

        assertThat(timestamp).isGreaterThan(given.getOrDefault(row, Long.MIN_VALUE));
        assertThat(last.size()).isLessThanOrEqualTo(LastTimestamps.MAX_ENTRIES);
        given.put(row, timestamp);
      }
    }
  }

  @Test
  void aHotRowAheadOfTheClockDoesNotKeepTheOthers() {
    for (int i = 0; i < 2_000; i++) {
      give(7, 100);
    }
    for (long now = 101; now < 1_900; now++) {
      assertThat(give(1_000 + now, now)).isEqualTo(now);
    }

    assertThat(give(7, 1_900)).isEqualTo(2_100);
    assertThat(last.size()).isLessThanOrEqualTo(LastTimestamps.MAX_ENTRIES);
  }

  @Test
  void agreesWithAnUnboundedModelUnderARandomClock() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Map<Long, Long> model = new HashMap<>();
    long wall = 1_000;
    long highestWall = Long.MIN_VALUE;
    for (int step = 0; step < 50_000; step++) {
      wall += random.nextInt(4) == 0 ? random.nextInt(5) - 1 : 0;
      highestWall = Math.max(highestWall, wall);
      long row = 1L + random.nextInt(60);
      long expected = Math.max(highestWall, model.getOrDefault(row, Long.MIN_VALUE) + 1);

      long timestamp = give(row, wall);

      assertThat(timestamp).as("step %d, seed %d", step, seed).isEqualTo(expected);
      model.put(row, timestamp);
    }
  }

  private long give(long row, long wallMs) {
    long timestamp = last.peek(row, wallMs);
    last.give(row, timestamp);
    return timestamp;
  }
}
