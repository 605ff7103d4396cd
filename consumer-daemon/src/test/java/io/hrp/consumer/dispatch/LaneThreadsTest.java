package io.hrp.consumer.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.retry.PoisonFlood;
import io.hrp.consumer.retry.PoisonPolicy;
import io.hrp.consumer.retry.RetryPolicy;
import io.hrp.consumer.testing.FakeTarget;
import io.hrp.consumer.testing.InMemoryDeadLetters;
import io.hrp.consumer.testing.TestRecords;
import io.hrp.control.testing.InMemoryControlLog;
import io.hrp.wire.RowKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Lanes on real threads: workers, a target that answers from a thread of its own, stops between.
 */
final class LaneThreadsTest {
  private static final int RECORDS = 20_000;

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void keepRowOrderAndLoseNothingOnRealThreads() throws InterruptedException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    FakeTarget target = new FakeTarget();
    target.follow(
        (mutation, company) ->
            ThreadLocalRandom.current().nextInt(5_000) == 0
                ? Optional.of(FailureReason.REGION_UNAVAILABLE)
                : Optional.empty());
    target.hold();
    AtomicBoolean over = new AtomicBoolean();
    Thread answers = new Thread(() -> answer(target, over), "answers");
    answers.start();
    try (LaneThreads threads = new LaneThreads("test", 3)) {
      PeerLanes peer = peer(target, threads);
      PartitionLanes lanes =
          new PartitionLanes(
              peer,
              new PartitionIdentity(
                  TestRecords.TABLE,
                  LaneFixture.TOPIC,
                  0,
                  LaneFixture.TOPIC_ID,
                  1,
                  LaneFixture.TARGET_ID),
              5,
              new PoisonFlood(10));
      int stops = drive(random, peer, lanes);

      System.out.println("stops " + stops);
      assertThat(target.breach()).isEmpty();
      int applied = 0;
      for (RowKey row : target.rows()) {
        assertThat(target.firstApplications(row)).isSorted();
        applied += target.firstApplications(row).size();
      }
      assertThat(applied).isEqualTo(RECORDS);
      while (!lanes.isQuiet()) {
        Thread.onSpinWait();
      }
      assertThat(peer.budget().heldBytes()).isZero();
      assertThat(lanes.heldBytes()).isZero();
      assertThat(peer.callsInFlight()).isZero();
      assertThat(stops).isPositive();
    } finally {
      over.set(true);
      answers.join();
    }
  }

  /** Plays the poll thread. Returns how often the lanes were stopped. */
  private static int drive(Random random, PeerLanes peer, PartitionLanes lanes) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      rows.add("r" + random.nextInt(500));
    }
    BitSet finished = new BitSet();
    int next = 0;
    int stops = 0;
    while (finished.cardinality() < RECORDS) {
      // Quiet first, then its reports, as the poll thread does.
      boolean mayStart = lanes.isStopped() && lanes.isQuiet();
      for (LaneReport report = peer.pollReport(); report != null; report = peer.pollReport()) {
        if (report instanceof LaneReport.Finished done) {
          for (int i = 0; i < done.size(); i++) {
            assertThat(finished.get((int) done.offset(i))).isFalse();
            finished.set((int) done.offset(i));
          }
        }
      }
      if (mayStart) {
        lanes.start();
        next = finished.nextClearBit(0);
      } else if (lanes.isStopped()) {
        lanes.stop();
      } else if (random.nextInt(400) == 0) {
        lanes.stop();
        stops++;
      } else if (next < RECORDS && peer.budget().heldBytes() < 1 << 20) {
        int to = Math.min(RECORDS, next + 1 + random.nextInt(300));
        List<LaneRecord> chunk = new ArrayList<>();
        for (int offset = next; offset < to; offset++) {
          if (!finished.get(offset)) {
            String row = rows.get(offset);
            chunk.add(
                new LaneRecord(
                    offset,
                    0,
                    TestRecords.bytes(row),
                    TestRecords.put(row, offset),
                    System.nanoTime()));
          }
        }
        lanes.offer(chunk);
        next = to;
      } else {
        Thread.onSpinWait();
      }
    }
    return stops;
  }

  private static void answer(FakeTarget target, AtomicBoolean over) {
    while (!over.get()) {
      int held = target.heldCalls();
      if (held > 0) {
        target.answerOne(ThreadLocalRandom.current().nextInt(held));
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private static PeerLanes peer(FakeTarget target, LaneThreads threads) {
    return new PeerLanes(
        "east",
        new PeerLanes.Surroundings(
            target,
            new InMemoryDeadLetters(),
            new InMemoryControlLog(),
            threads,
            new LaneFixture(1),
            System::nanoTime,
            Clock.systemUTC()),
        new RetryPolicy(5_000, 10_000, PoisonPolicy.DEAD_LETTER, () -> 0.5),
        new PeerPace(4, 200, 1 << 20),
        new ByteBudget(1 << 20, () -> {}));
  }
}
