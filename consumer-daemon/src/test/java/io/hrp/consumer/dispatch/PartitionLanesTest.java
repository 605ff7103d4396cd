package io.hrp.consumer.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.deadletter.DeadLetter;
import io.hrp.consumer.retry.PoisonPolicy;
import io.hrp.consumer.status.PauseReason;
import io.hrp.consumer.testing.InMemoryDeadLetters;
import io.hrp.consumer.testing.TestRecords;
import io.hrp.control.ControlChange;
import io.hrp.control.Scope;
import io.hrp.control.TopicOffsets;
import io.hrp.wire.RowKey;
import io.hrp.wire.TableId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PartitionLanesTest {
  private final LaneFixture fixture = new LaneFixture(1);

  @Test
  void appliesEveryRecordAndReportsItsOffset() {
    PartitionLanes lanes = fixture.lanes(4);

    lanes.offer(puts(0, 500, 37));
    fixture.run();

    assertThat(fixture.finished).containsExactlyInAnyOrderElementsOf(range(0, 500));
    assertThat(lanes.isQuiet()).isTrue();
    assertIdle(lanes);
    assertThat(fixture.peer.countsOf(TestRecords.TABLE).applied()).isEqualTo(500);
  }

  @Test
  void keepsAsManyCallsInFlightAsAllowedAndNoMore() {
    PartitionLanes lanes = fixture.lanes(16);
    fixture.target.hold();

    lanes.offer(puts(0, 2_000, 500));
    fixture.run();

    assertThat(fixture.target.heldCalls()).isEqualTo(4);
    for (int i = 0; i < 200 && fixture.target.heldCalls() > 0; i++) {
      fixture.target.answerOne(0);
      fixture.run();
    }
    assertThat(fixture.target.mostInFlight()).isEqualTo(4);
    assertThat(fixture.finished).hasSize(2_000);
    assertIdle(lanes);
  }

  @Test
  void sendsAFailedMutationAndAllLaterOnesOfItsRowAgainBeforeNewerOnes() {
    PartitionLanes lanes = fixture.lanes(1);
    int[] failuresLeft = {1};
    fixture.target.follow(
        (mutation, company) ->
            mutation.publishTimeMs() == 1 && failuresLeft[0]-- > 0
                ? Optional.of(FailureReason.REGION_UNAVAILABLE)
                : Optional.empty());
    fixture.target.hold();
    lanes.offer(
        List.of(
            fixture.put(0, "a"), fixture.put(1, "a"), fixture.put(2, "b"), fixture.put(3, "a")));
    fixture.run();
    lanes.offer(List.of(fixture.put(4, "a"), fixture.put(5, "c")));
    fixture.target.answerAll();
    fixture.runFor(200);

    assertThat(fixture.target.calls())
        .containsExactly(List.of(0L, 1L, 2L, 3L), List.of(1L, 3L, 4L, 5L));
    assertThat(fixture.finished).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void stallsAfterAboutASecondOfRetriesAndGivesEverythingBack() {
    PartitionLanes lanes = fixture.lanes(2);
    fixture.failAlways("a", FailureReason.SERVER_UNAVAILABLE);

    lanes.offer(List.of(fixture.put(0, "a"), fixture.put(1, "b"), fixture.put(2, "a")));
    fixture.runFor(1_500);

    assertThat(fixture.stalls)
        .singleElement()
        .satisfies(
            stall -> {
              assertThat(stall.reason()).isEqualTo(PauseReason.RETRYING);
              assertThat(stall.failure()).contains(FailureReason.SERVER_UNAVAILABLE);
            });
    assertThat(fixture.finished).containsExactly(1L);
    assertThat(lanes.isStopped()).isTrue();
    assertIdle(lanes);
  }

  @Test
  void stallsWithTheFirstFailureOfATargetThatDoesNotAnswer() {
    PartitionLanes lanes = fixture.lanes(1);
    fixture.failAlways("a", FailureReason.TIMED_OUT);
    fixture.target.hold();

    lanes.offer(List.of(fixture.put(0, "a")));
    fixture.runFor(15_000);
    fixture.target.answerAll();
    fixture.run();

    assertThat(fixture.target.calls()).hasSize(1);
    assertThat(fixture.stalls)
        .singleElement()
        .satisfies(stall -> assertThat(stall.failure()).contains(FailureReason.TIMED_OUT));
    assertIdle(lanes);
  }

  @Test
  void setsAsideOnlyTheRecordThatFailsAloneAndAppliesItsNeighbours() {
    PartitionLanes lanes = fixture.lanes(1);
    // As HBase may do: one bad mutation makes the whole call fail.
    fixture.target.follow((mutation, company) -> Optional.empty());
    failCallsWith(1_000, FailureReason.MUTATION_REFUSED);

    lanes.offer(puts(990, 1_060, 50));
    fixture.runFor(2_000);

    assertThat(fixture.finished).containsExactlyInAnyOrderElementsOf(range(990, 1_060));
    assertThat(fixture.deadLetters.letters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.source().offset()).isEqualTo(1_000));
    assertThat(applied()).doesNotContain(1_000L).hasSize(69);
    assertIdle(lanes);
  }

  @Test
  void waitsForTheDeadLetterTopicAndFinishesNothingBeforeItsAcknowledgement() {
    PartitionLanes lanes = fixture.lanes(1);
    fixture.deadLetters.set(InMemoryDeadLetters.Mood.UNAVAILABLE);

    lanes.offer(List.of(fixture.record(5, "a", TestRecords.bytes("no message"))));
    fixture.run();

    assertThat(fixture.finished).isEmpty();
    assertThat(fixture.stalls)
        .singleElement()
        .satisfies(
            stall -> assertThat(stall.reason()).isEqualTo(PauseReason.DEAD_LETTER_UNAVAILABLE));
    assertIdle(lanes);

    fixture.deadLetters.set(InMemoryDeadLetters.Mood.TAKES);
    lanes.start();
    lanes.offer(List.of(fixture.record(5, "a", TestRecords.bytes("no message"))));
    fixture.run();

    assertThat(fixture.finished).containsExactly(5L);
    assertThat(fixture.deadLetters.letters()).hasSize(1);
  }

  @Test
  void refusesWhatDoesNotBelongAndKeepsTheOriginalBytes() {
    PartitionLanes lanes = fixture.lanes(1);
    byte[] value = TestRecords.put("a", 1);

    lanes.offer(
        List.of(
            fixture.record(1, "b", value),
            new LaneRecord(2, 0, null, value, 0),
            new LaneRecord(3, 0, TestRecords.bytes("a"), null, 0),
            fixture.record(4, "a", new byte[] {1, 2, 3})));
    fixture.run();

    assertThat(fixture.deadLetters.letters())
        .extracting(DeadLetter::reason)
        .containsExactly(
            FailureReason.WRONG_KEY,
            FailureReason.KEY_MISSING,
            FailureReason.VALUE_MISSING,
            FailureReason.MALFORMED);
    assertThat(fixture.deadLetters.letters().get(0).source().value())
        .contains(ByteBuffer.wrap(value));
    assertThat(fixture.finished).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void parksTheTableInAFloodOfPoison() {
    PartitionLanes lanes = fixture.lanes(1);
    List<LaneRecord> poison = new ArrayList<>();
    for (long offset = 0; offset < 12; offset++) {
      poison.add(fixture.record(offset, "a", TestRecords.bytes("bad")));
    }

    lanes.offer(poison);
    fixture.run();

    assertThat(fixture.deadLetters.letters()).hasSize(10);
    assertThat(fixture.stalls)
        .singleElement()
        .satisfies(stall -> assertThat(stall.reason()).isEqualTo(PauseReason.POISON_FLOOD));
  }

  @Test
  void parksPoisonWhereThePolicyIsToPark() {
    LaneFixture parking = new LaneFixture(2, PoisonPolicy.PARK);
    PartitionLanes lanes = parking.lanes(1);

    lanes.offer(List.of(parking.record(0, "a", TestRecords.bytes("bad")), parking.put(1, "a")));
    parking.run();

    assertThat(parking.deadLetters.letters()).isEmpty();
    assertThat(parking.finished).isEmpty();
    assertThat(parking.stalls).hasSize(1);
    assertThat(parking.budget.heldBytes()).isZero();
  }

  @Test
  void skipsWhatTheTargetHasSeenAlready() {
    PartitionLanes lanes = fixture.lanes(1);

    lanes.offer(
        List.of(
            fixture.record(0, "a", TestRecords.putFrom("a", 0, LaneFixture.TARGET_ID)),
            fixture.put(1, "a")));
    fixture.run();

    assertThat(fixture.finished).containsExactlyInAnyOrder(0L, 1L);
    assertThat(applied()).containsExactly(1L);
    assertThat(fixture.looped).isEqualTo(1);
  }

  @Test
  void beginsNoCallWhilePausedAndGoesOnAfterwards() {
    PartitionLanes lanes = fixture.lanes(2);
    Scope scope = Scope.ofTable(TestRecords.TABLE);
    fixture.control.update("ann", "", state -> List.of(ControlChange.pause(scope)));

    lanes.offer(puts(0, 10, 5));
    fixture.runFor(300);
    assertThat(fixture.target.calls()).isEmpty();

    fixture.control.update("ann", "", state -> List.of(ControlChange.resume(scope)));
    fixture.runFor(100);
    assertThat(fixture.finished).hasSize(10);
  }

  @Test
  void onceStoppedAndQuietNothingIsInFlight() {
    PartitionLanes lanes = fixture.lanes(4);
    fixture.target.hold();
    lanes.offer(puts(0, 1_000, 100));
    fixture.run();

    lanes.stop();
    fixture.run();
    assertThat(lanes.isQuiet()).isFalse();
    fixture.target.answerAll();
    fixture.run();

    assertThat(lanes.isQuiet()).isTrue();
    assertThat(fixture.target.inFlight()).isZero();
    assertThat(fixture.finished.size()).isEqualTo(applied().size());
    assertIdle(lanes);
  }

  @Test
  void discardsInAnOpenIntervalOnlyWhatALaterReadOfControlConfirms() {
    PartitionLanes lanes = fixture.lanes(1);
    Scope scope = Scope.ofTable(TestRecords.TABLE);
    fixture.control.update(
        "ann",
        "",
        state ->
            List.of(
                ControlChange.startDiscarding(
                    scope, 1, TopicOffsets.of(LaneFixture.TOPIC_ID, Map.of(0, 2L)))));
    fixture.control.setReading(false);
    fixture.scheduler.advance(1);
    lanes.offer(
        List.of(
            fixture.put(0, "a"), fixture.put(1, "a"), fixture.put(2, "a"), fixture.put(3, "a")));
    fixture.runFor(200);

    assertThat(applied()).containsExactly(0L, 1L);
    assertThat(fixture.finished).containsExactly(0L, 1L);

    fixture.control.setReading(true);
    fixture.control.readToEnd();
    fixture.runFor(200);

    assertThat(fixture.finished).containsExactly(0L, 1L, 2L, 3L);
    assertThat(fixture.peer.countsOf(TestRecords.TABLE).discarded()).isEqualTo(2);
  }

  @Test
  void halvesTheCallsOfAPeerThatHasTooMuchToDo() {
    PartitionLanes lanes = fixture.lanes(1);
    int[] refusals = {1};
    fixture.target.follow(
        (mutation, company) ->
            refusals[0]-- > 0 ? Optional.of(FailureReason.OVERLOADED) : Optional.empty());

    lanes.offer(List.of(fixture.put(0, "a")));
    fixture.run();
    assertThat(fixture.pace.calls()).isEqualTo(2);

    fixture.runFor(200);
    assertThat(fixture.finished).containsExactly(0L);
  }

  @Test
  void aTableInTroubleLeavesThePeersCallsToOthers() {
    TableId stuck = TableId.of("default", "stuck");
    PartitionLanes stuckLanes = fixture.lanes(stuck, 16);
    PartitionLanes lanes = fixture.lanes(16);
    fixture.target.follow(
        (mutation, company) ->
            mutation.isOfTable(stuck) ? Optional.of(FailureReason.TIMED_OUT) : Optional.empty());
    fixture.target.hold();
    List<LaneRecord> stuckPuts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      stuckPuts.add(fixture.record(i, "s" + i, TestRecords.putInto(stuck, "s" + i, i)));
    }
    stuckLanes.offer(stuckPuts);
    fixture.run();
    assertThat(fixture.target.heldCalls()).isEqualTo(4);

    // Its calls that were in flight or queued before the first failure was known fail one by one.
    for (int i = 0; i < 16; i++) {
      fixture.target.answerOne(0);
      fixture.run();
    }
    lanes.offer(puts(0, 500, 200));
    fixture.runFor(60);

    // Four calls for the healthy table, and one through the gate of the other.
    assertThat(fixture.target.heldCalls()).isEqualTo(5);
    fixture.target.answerAll();
    fixture.runFor(50);
    assertThat(fixture.finished).hasSize(500);
  }

  /**
   * Random failures of every kind, in any order of events: rows keep their order, nothing is lost.
   */
  @Test
  void keepsRowOrderThroughRandomFailures() {
    int stalls = 0;
    for (int round = 0; round < 60; round++) {
      long seed = System.nanoTime();
      System.out.println("seed " + seed);
      stalls += storm(seed);
    }
    assertThat(stalls).as("rewinds that the storm went through").isPositive();
  }

  private static int storm(long seed) {
    LaneFixture storm = new LaneFixture(seed);
    Random random = new Random(seed);
    PartitionLanes lanes = storm.lanes(1 + random.nextInt(5));
    int[] calm = {400};
    FailureReason[] some = {
      FailureReason.REGION_UNAVAILABLE,
      FailureReason.OVERLOADED,
      FailureReason.BATCH_TOO_LARGE,
      FailureReason.MUTATION_REFUSED,
      FailureReason.FAMILY_MISSING
    };
    storm.target.follow(
        (mutation, company) -> {
          if (calm[0] <= 0 || random.nextInt(12) != 0) {
            return Optional.empty();
          }
          calm[0]--;
          // Alone it is never poison, so that nothing is set aside and every row is complete.
          return Optional.of(
              company == 1 ? FailureReason.FAMILY_MISSING : some[random.nextInt(some.length)]);
        });
    storm.target.hold();
    boolean takesLaterOnes = random.nextBoolean();
    if (takesLaterOnes) {
      storm.target.takeLaterOnes();
    }
    List<LaneRecord> records = new ArrayList<>();
    for (long offset = 0; offset < 400; offset++) {
      String row = "r" + random.nextInt(12);
      byte[] value =
          switch (random.nextInt(6)) {
            case 0 -> TestRecords.rowMutations(row, offset);
            case 1 -> TestRecords.putFrom(row, offset, new UUIDs(random).next());
            default -> TestRecords.put(row, offset);
          };
      records.add(storm.record(offset, row, value));
    }
    int next = 0;
    int stallsSeen = 0;
    for (int turn = 0; turn < 50_000 && storm.finished.size() < 400; turn++) {
      int dice = random.nextInt(4);
      if (dice == 0 && next < 400) {
        int to = Math.min(400, next + 1 + random.nextInt(40));
        Set<Long> done = new HashSet<>(storm.finished);
        lanes.offer(
            records.subList(next, to).stream()
                .filter(record -> !done.contains(record.offset()))
                .toList());
        next = to;
      } else if (dice == 1 && storm.target.heldCalls() > 0) {
        storm.target.answerOne(random.nextInt(storm.target.heldCalls()));
      } else if (dice == 2) {
        storm.scheduler.advance(random.nextInt(100));
      } else {
        storm.scheduler.runOne();
      }
      storm.collect();
      if (lanes.isStopped()) {
        lanes.stop();
      }
      if (lanes.isStopped() && lanes.isQuiet()) {
        // As the poll thread does: back to the lowest unfinished one.
        assertThat(storm.budget.heldBytes()).isZero();
        stallsSeen++;
        next = 0;
        lanes.start();
        records.replaceAll(
            old -> new LaneRecord(old.offset, old.timestampMs, old.key, old.value, 0));
      }
    }

    assertThat(storm.target.breach()).isEmpty();
    assertThat(storm.finished).doesNotHaveDuplicates().hasSize(400);
    for (int i = 0; i < 12; i++) {
      RowKey row = TestRecords.row("r" + i);
      // Where the target itself takes a later one first, the last word is still the latest one's.
      assertThat(
              takesLaterOnes
                  ? storm.target.lastApplications(row)
                  : storm.target.firstApplications(row))
          .isSorted()
          .isNotEmpty();
    }
    storm.runFor(100);
    assertThat(storm.budget.heldBytes()).isZero();
    assertThat(lanes.heldBytes()).isZero();
    assertThat(lanes.isQuiet()).isTrue();
    assertThat(storm.peer.callsInFlight()).isZero();
    return stallsSeen;
  }

  /** One of two origins. */
  private record UUIDs(Random random) {
    java.util.UUID next() {
      return new java.util.UUID(1, random.nextInt(2));
    }
  }

  /** The whole call fails as soon as this mutation is in it. */
  private void failCallsWith(long publishTime, FailureReason reason) {
    fixture.target.follow(
        (mutation, company) -> {
          List<List<Long>> calls = fixture.target.calls();
          return calls.get(calls.size() - 1).contains(publishTime)
              ? Optional.of(reason)
              : Optional.empty();
        });
  }

  private void assertIdle(PartitionLanes lanes) {
    assertThat(fixture.budget.heldBytes()).isZero();
    assertThat(lanes.heldBytes()).isZero();
    assertThat(fixture.peer.callsInFlight()).isZero();
    assertThat(fixture.target.breach()).isEmpty();
  }

  private List<LaneRecord> puts(long from, long to, int rows) {
    List<LaneRecord> records = new ArrayList<>();
    for (long offset = from; offset < to; offset++) {
      records.add(fixture.put(offset, "r" + offset % rows));
    }
    return records;
  }

  private List<Long> applied() {
    List<Long> all = new ArrayList<>();
    fixture.target.rows().forEach(row -> all.addAll(fixture.target.firstApplications(row)));
    return all;
  }

  private static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }
}
