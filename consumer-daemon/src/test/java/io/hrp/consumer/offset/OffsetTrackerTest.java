package io.hrp.consumer.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class OffsetTrackerTest {
  @Test
  void commitsOnlyBelowTheLowestUnfinishedOffset() {
    OffsetTracker tracker = new OffsetTracker(10);
    for (long offset = 10; offset < 15; offset++) {
      tracker.register(offset);
    }

    tracker.finish(11);
    tracker.finish(14);
    assertThat(tracker.committable()).isEqualTo(10);
    tracker.finish(10);
    assertThat(tracker.committable()).isEqualTo(12);
    tracker.finish(13);
    tracker.finish(12);
    assertThat(tracker.committable()).isEqualTo(15);
    assertThat(tracker.isDrained()).isTrue();
  }

  @Test
  void countsOffsetsThatAreJumpedOverAsFinished() {
    OffsetTracker tracker = new OffsetTracker(0);
    tracker.register(0);
    tracker.register(500);
    tracker.finish(0);
    assertThat(tracker.committable()).isEqualTo(500);
    tracker.finish(500);
    tracker.skipTo(900);
    assertThat(tracker.committable()).isEqualTo(900);
  }

  @Test
  void asksForWorkOnlyOnWhatIsUnfinishedAfterARewind() {
    OffsetTracker tracker = new OffsetTracker(0);
    for (long offset = 0; offset < 4; offset++) {
      assertThat(tracker.register(offset)).isTrue();
    }
    tracker.finish(0);
    tracker.finish(2);

    assertThat(tracker.committable()).isEqualTo(1);
    assertThat(tracker.register(0)).isFalse();
    assertThat(tracker.register(1)).isTrue();
    assertThat(tracker.register(2)).isFalse();
    assertThat(tracker.register(3)).isTrue();
    assertThat(tracker.unfinished()).isEqualTo(2);
  }

  @Test
  void finishingTwiceChangesNothing() {
    OffsetTracker tracker = new OffsetTracker(7);
    tracker.register(7);
    tracker.register(8);
    assertThat(tracker.finish(8)).isTrue();
    assertThat(tracker.finish(8)).isFalse();
    assertThat(tracker.unfinished()).isEqualTo(1);
  }

  @Test
  void refusesToFinishWhatWasNeverRegistered() {
    OffsetTracker tracker = new OffsetTracker(7);
    assertThatThrownBy(() -> tracker.finish(7)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void agreesWithAPlainModelAtEveryStep() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 5; round++) {
      new Model(random).run(20_000);
    }
  }

  /** The same thing with a set of unfinished offsets. */
  private static final class Model {
    private final Random random;
    private final TreeSet<Long> unfinished = new TreeSet<>();
    private final List<Long> inHand = new ArrayList<>();
    private final TreeSet<Long> known = new TreeSet<>();
    private final OffsetTracker tracker;
    private long position;

    Model(Random random) {
      this.random = random;
      this.position = random.nextInt(1_000);
      this.tracker = new OffsetTracker(position);
    }

    void run(int steps) {
      int burst = 1 + random.nextInt(400);
      for (int step = 0; step < steps; step++) {
        int dice = random.nextInt(1_000);
        if (dice < 3) {
          rewind();
        } else if (dice < 10) {
          position += random.nextInt(200);
          tracker.skipTo(position);
        } else if (inHand.size() < burst && dice < 600) {
          register();
        } else {
          finish();
        }
        check();
      }
      while (!inHand.isEmpty()) {
        finish();
        check();
      }
      assertThat(tracker.isDrained()).isTrue();
      assertThat(tracker.committable()).isEqualTo(position);
    }

    private void register() {
      long offset = position + (random.nextInt(20) == 0 ? random.nextInt(300) : 0);
      assertThat(tracker.register(offset)).isTrue();
      unfinished.add(offset);
      known.add(offset);
      inHand.add(offset);
      position = offset + 1;
    }

    private void finish() {
      if (inHand.isEmpty()) {
        return;
      }
      // Near the front often, so that the lowest moves; anywhere else, so that holes appear.
      int index = random.nextInt(random.nextBoolean() ? inHand.size() : Math.min(3, inHand.size()));
      long offset = inHand.remove(index);
      assertThat(tracker.finish(offset)).isTrue();
      unfinished.remove(offset);
    }

    private void rewind() {
      for (long offset : known.tailSet(tracker.committable())) {
        assertThat(tracker.register(offset)).isEqualTo(unfinished.contains(offset));
      }
      known.headSet(tracker.committable()).clear();
    }

    private void check() {
      assertThat(tracker.committable())
          .isEqualTo(unfinished.isEmpty() ? position : unfinished.first());
      assertThat(tracker.unfinished()).isEqualTo(unfinished.size());
      assertThat(tracker.position()).isEqualTo(position);
    }
  }
}
