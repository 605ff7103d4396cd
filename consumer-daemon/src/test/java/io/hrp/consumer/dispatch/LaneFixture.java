package io.hrp.consumer.dispatch;

import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.retry.PoisonFlood;
import io.hrp.consumer.retry.PoisonPolicy;
import io.hrp.consumer.retry.RetryPolicy;
import io.hrp.consumer.testing.FakeTarget;
import io.hrp.consumer.testing.InMemoryDeadLetters;
import io.hrp.consumer.testing.SteppedScheduler;
import io.hrp.consumer.testing.TestRecords;
import io.hrp.control.testing.InMemoryControlLog;
import io.hrp.wire.TableId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Lanes of one partition, everything around them in memory, on a clock moved by hand. */
final class LaneFixture implements LaneObserver {
  static final UUID TARGET_ID = new UUID(7, 7);
  static final String TOPIC = "hrp.default.orders";
  static final String TOPIC_ID = "topic-id";

  final SteppedScheduler scheduler;
  final FakeTarget target = new FakeTarget();
  final InMemoryDeadLetters deadLetters = new InMemoryDeadLetters();
  final InMemoryControlLog control;
  final ByteBudget budget = new ByteBudget(1 << 20, () -> {});
  final PeerPace pace = new PeerPace(4, 64, 1 << 20);
  final PeerLanes peer;
  final List<Long> finished = new ArrayList<>();
  final List<LaneReport.Stalled> stalls = new ArrayList<>();
  final Map<FailureReason, Integer> failures = new EnumMap<>(FailureReason.class);
  int looped;

  LaneFixture(long seed) {
    this(seed, PoisonPolicy.DEAD_LETTER);
  }

  LaneFixture(long seed, PoisonPolicy poisonPolicy) {
    Random random = new Random(seed);
    this.scheduler = new SteppedScheduler(random);
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    this.control = new InMemoryControlLog(clock, scheduler);
    this.peer =
        new PeerLanes(
            "east",
            new PeerLanes.Surroundings(
                target, deadLetters, control, scheduler, this, scheduler, clock),
            new RetryPolicy(5_000, 10_000, poisonPolicy, random::nextDouble),
            pace,
            budget);
  }

  PartitionLanes lanes(int lanes) {
    return lanes(TestRecords.TABLE, lanes);
  }

  PartitionLanes lanes(TableId table, int lanes) {
    return new PartitionLanes(
        peer,
        new PartitionIdentity(table, TOPIC, 0, TOPIC_ID, 1, TARGET_ID),
        lanes,
        new PoisonFlood(10));
  }

  LaneRecord record(long offset, String row, byte[] value) {
    return new LaneRecord(offset, offset, TestRecords.bytes(row), value, scheduler.getAsLong());
  }

  LaneRecord put(long offset, String row) {
    return record(offset, row, TestRecords.put(row, offset));
  }

  /** Runs what is ready and collects reports. */
  void run() {
    scheduler.runAll();
    collect();
  }

  /** Lets time pass in small steps, running what becomes due. */
  void runFor(long millis) {
    run();
    for (long passed = 0; passed < millis; passed += 10) {
      scheduler.advance(10);
      run();
    }
  }

  void collect() {
    for (LaneReport report = peer.pollReport(); report != null; report = peer.pollReport()) {
      if (report instanceof LaneReport.Finished done) {
        for (int i = 0; i < done.size(); i++) {
          finished.add(done.offset(i));
        }
      } else if (report instanceof LaneReport.Stalled stalled) {
        stalls.add(stalled);
      }
    }
  }

  void failAlways(String row, FailureReason reason) {
    target.follow(
        (mutation, company) ->
            mutation.row().toString().equals(row) ? Optional.of(reason) : Optional.empty());
  }

  @Override
  public void called(TableId table, int mutations, long bytes, long durationNanos) {}

  @Override
  public void applied(TableId table, int mutations, long bytes, long oldestMs, long newestMs) {}

  @Override
  public void looped(TableId table, int mutations) {
    looped += mutations;
  }

  @Override
  public void discarded(TableId table, int records) {}

  @Override
  public void deadLettered(TableId table, FailureReason reason) {}

  @Override
  public void deadLetterFailed(TableId table, String reason) {}

  @Override
  public void faulted(TableId table, Throwable fault) {
    throw new AssertionError("a lane failed", fault);
  }

  @Override
  public void failed(TableId table, FailureReason reason, int mutations) {
    failures.merge(reason, mutations, Integer::sum);
  }
}
