package io.hrp.consumer.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.consumer.apply.FailureReason;
import io.hrp.consumer.status.PauseReason;
import io.hrp.consumer.testing.TestRecords;
import io.hrp.control.ControlChange;
import io.hrp.control.Scope;
import io.hrp.wire.RowKey;
import io.hrp.wire.RowPartitioner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class PollStepTest {
  private static final TopicPartition P0 = PollFixture.P0;

  private final PollFixture fixture = new PollFixture();

  @Test
  void goesOnAtTheCommittedOffsetAndCommitsWhatIsFinished() {
    fixture.given(P0, 3, PollFixture.puts(10, 4));
    fixture.assign(P0);

    fixture.turns(300);

    assertThat(applied()).containsExactlyInAnyOrder(3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(fixture.consumer.committed(Set.of(P0)))
        .containsEntry(
            P0,
            new OffsetAndMetadata(
                10, PollFixture.metadata(PollFixture.TOPIC_ID, PollFixture.CLUSTER)));
  }

  @Test
  void neverCommitsPastAnUnfinishedOffset() {
    fixture.target.hold();
    fixture.given(P0, 0, PollFixture.puts(200, 50));
    fixture.assign(P0);
    fixture.turns(300);
    assertThat(fixture.target.heldCalls()).isPositive();
    assertThat(fixture.committedOffset(P0)).isLessThanOrEqualTo(0);

    long before = 0;
    for (int i = 0; i < 100 && fixture.target.heldCalls() > 0; i++) {
      fixture.target.answerOne(fixture.target.heldCalls() - 1);
      fixture.turns(150);
      long committed = Math.max(0, fixture.committedOffset(P0));
      List<Long> applied = applied();
      for (long offset = before; offset < committed; offset++) {
        assertThat(applied).contains(offset);
      }
      before = committed;
    }
    assertThat(before).isEqualTo(200);
  }

  @Test
  void beginsANewPartitionByCommittingItsFirstOffsetWithItsIds() {
    fixture.given(P0, 0, PollFixture.puts(5, 5));
    fixture.neverCommitted(P0);
    fixture.assign(P0);

    fixture.step.runOnce();
    fixture.step.runOnce();
    assertThat(fixture.committedOffset(P0)).isZero();
    assertThat(applied()).isEmpty();

    fixture.turns(800);
    assertThat(applied()).hasSize(5);
  }

  @Test
  void parksAPartitionWhoseTopicWasRecreated() {
    fixture.given(P0, 0, PollFixture.puts(5, 5));
    fixture.committed(P0, 2, PollFixture.metadata("another", PollFixture.CLUSTER));
    fixture.assign(P0);
    fixture.turns(50);

    assertParked(PauseReason.TOPIC_RECREATED);
  }

  @Test
  void parksAPartitionWhosePeerPointsAtAnotherCluster() {
    fixture.given(P0, 0, PollFixture.puts(5, 5));
    fixture.committed(P0, 2, PollFixture.metadata(PollFixture.TOPIC_ID, new UUID(1, 2)));
    fixture.assign(P0);
    fixture.turns(50);

    assertParked(PauseReason.CLUSTER_CHANGED);
  }

  @Test
  void parksAStartedPartitionWithoutACommittedOffset() {
    fixture.given(P0, 0, PollFixture.puts(5, 5));
    fixture.neverCommitted(P0);
    fixture.control.update(
        "d",
        "",
        state ->
            List.of(ControlChange.startTopic("east", TestRecords.TABLE, PollFixture.TOPIC_ID, 1)));
    fixture.assign(P0);
    fixture.turns(50);

    assertParked(PauseReason.OFFSET_MISSING);
  }

  @Test
  void parksAPartitionThatRetentionHasOvertakenAndSaysHowManyRecordsAreLost() {
    fixture.given(P0, 0, PollFixture.puts(5, 5));
    fixture.facts.put(
        P0,
        new PartitionFacts(
            PollFixture.TOPIC_ID,
            false,
            Optional.of(
                new PartitionFacts.Committed(
                    10, PollFixture.metadata(PollFixture.TOPIC_ID, PollFixture.CLUSTER))),
            17,
            40));
    fixture.assign(P0);
    fixture.turns(50);

    assertParked(PauseReason.OFFSETS_LOST);
    assertThat(fixture.snapshot(P0).cause().orElseThrow().message()).startsWith("7 records");
  }

  @Test
  void parksWhenTheTopicIsRecreatedWhileItIsRead() {
    fixture.given(P0, 0, PollFixture.puts(5, 5));
    fixture.assign(P0);
    fixture.turns(200);
    assertThat(applied()).hasSize(5);

    fixture.facts.put(P0, new PartitionFacts("new", false, Optional.empty(), 0, 0));
    fixture.scheduler.advance(5_000);
    fixture.turns(50);

    assertThat(fixture.snapshot(P0).cause().orElseThrow().reason())
        .isEqualTo(PauseReason.TOPIC_RECREATED);
  }

  @Test
  void waitsForATargetThatDoesNotAnswerAndThenGoesOn() {
    fixture.clusterId = Optional.empty();
    fixture.given(P0, 0, PollFixture.puts(5, 5));
    fixture.assign(P0);
    fixture.turns(50);
    assertThat(fixture.snapshot(P0).cause().orElseThrow().reason())
        .isEqualTo(PauseReason.TARGET_UNAVAILABLE);

    fixture.clusterId = Optional.of(PollFixture.CLUSTER);
    fixture.turns(1_000);

    assertThat(applied()).hasSize(5);
  }

  @Test
  void waitsForCallsInFlightAtARevocationAndCommitsThem() {
    fixture.target.hold();
    fixture.given(P0, 0, PollFixture.puts(100, 100));
    fixture.assign(P0);
    fixture.turns(200);
    int inFlight = fixture.target.heldCalls();
    assertThat(inFlight).isPositive();

    // The calls return while the callback waits, a little later on the stepped clock.
    fixture.scheduler.schedule(fixture.target::answerAll, 50);
    fixture.assign();

    assertThat(applied()).hasSize(40);
    assertThat(fixture.step.isQuiet()).isTrue();
    // The mock tells committed offsets of assigned partitions only.
    fixture.assign(P0);
    assertThat(fixture.committedOffset(P0)).isEqualTo(40);
    fixture.turns(50);
    assertThat(fixture.budget.heldBytes()).isZero();
  }

  @Test
  void commitsNothingOfALostPartition() {
    fixture.given(P0, 0, PollFixture.puts(10, 10));
    fixture.assign(P0);
    fixture.consumer.ignoresAsync = true;
    fixture.turns(100);
    // All is finished and known to be, and the broker has not said that any of it is committed.
    assertThat(applied()).hasSize(10);
    int asked = fixture.consumer.asked.size();
    assertThat(asked).isPositive();

    fixture.consumer.lose(P0);
    fixture.consumer.ignoresAsync = false;
    fixture.turns(300);

    assertThat(fixture.consumer.asked).hasSize(asked);
    assertThat(fixture.budget.heldBytes()).isZero();
  }

  @Test
  void givesUpWaitingAtARevocationWhenItsTimeIsOver() {
    fixture.target.hold();
    fixture.given(P0, 0, PollFixture.puts(100, 100));
    fixture.assign(P0);
    fixture.turns(200);
    long before = fixture.scheduler.getAsLong();

    fixture.assign();

    assertThat(fixture.scheduler.getAsLong() - before).isBetween(2_000_000_000L, 3_000_000_000L);
    fixture.target.answerAll();
    fixture.turns(20);
    assertThat(fixture.budget.heldBytes()).isZero();
    assertThat(fixture.committedOffset(P0)).isLessThanOrEqualTo(0);
  }

  @Test
  void startsOverWithANewAssignmentWhileCallsOfTheOldOneAreStillOut() {
    fixture.target.hold();
    fixture.given(P0, 0, PollFixture.puts(60, 60));
    fixture.assign(P0);
    fixture.turns(200);
    fixture.assign();

    fixture.assign(P0);
    fixture.turns(200);
    fixture.target.answerAll();
    fixture.turns(600);

    assertThat(applied()).hasSize(60);
    assertThat(fixture.committedOffset(P0)).isEqualTo(60);
    assertThat(fixture.budget.heldBytes()).isZero();
  }

  @Test
  void rewindsAStalledPartitionAndSkipsWhatHasFinished() {
    fixture.given(P0, 0, PollFixture.puts(100, 10));
    boolean[] broken = {true};
    fixture.target.follow(
        (mutation, company) ->
            broken[0] && mutation.row().equals(TestRecords.row("r3"))
                ? Optional.of(FailureReason.REGION_UNAVAILABLE)
                : Optional.empty());
    fixture.assign(P0);
    fixture.turns(3_000);

    assertThat(fixture.committedOffset(P0)).isEqualTo(3);
    assertThat(fixture.snapshot(P0).cause().orElseThrow().failure())
        .contains(FailureReason.REGION_UNAVAILABLE);
    assertThat(fixture.budget.heldBytes()).isLessThan(1 << 20);

    broken[0] = false;
    fixture.turns(10_000);

    assertThat(applied()).hasSize(100);
    assertThat(fixture.committedOffset(P0)).isEqualTo(100);
    assertThat(fixture.target.firstApplications(TestRecords.row("r3"))).isSorted();
    assertThat(fixture.snapshot(P0).cause()).isEmpty();
    assertThat(fixture.lanes.countsOf(TestRecords.TABLE).applied()).isEqualTo(100);
  }

  @Test
  void readsNoFurtherThanBeforeWhileWhatFailedIsTriedAgain() {
    fixture.given(P0, 0, PollFixture.puts(5_000, 10));
    fixture.target.follow(
        (mutation, company) ->
            mutation.publishTimeMs() == 3
                ? Optional.of(FailureReason.FAMILY_MISSING)
                : Optional.empty());
    fixture.assign(P0);
    fixture.turns(2_000);
    int applied = applied().size();
    assertThat(applied).isLessThan(5_000);

    fixture.turns(30_000);

    assertThat(applied().size() - applied).isLessThan(200);
    assertThat(fixture.committedOffset(P0)).isEqualTo(3);
  }

  @Test
  void aStalledTableLeavesOthersAlone() {
    fixture.given(P0, 0, PollFixture.puts(200, 10));
    TopicPartition other = new TopicPartition("hrp.default.stuck", 0);
    fixture.control.update(
        "t",
        "",
        state ->
            List.of(
                ControlChange.declarePartitions(io.hrp.wire.TableId.of("default", "stuck"), 1)));
    fixture.consumer.updateBeginningOffsets(Map.of(other, 0L));
    fixture.given(other, 0, PollFixture.puts(200, 10));
    fixture.assign(P0, other);

    fixture.turns(3_000);

    // Its messages name another table, so each is poison; more than the flood limit parks it.
    assertThat(fixture.deadLetters.letters()).hasSize(100);
    assertThat(fixture.committedOffset(P0)).isEqualTo(200);
    assertThat(fixture.committedOffset(other)).isBetween(90L, 100L);
  }

  @Test
  void stopsReadingAboveItsBudgetAndGoesOnWhenThereIsRoom() {
    PollFixture small = new PollFixture(1, 20_000);
    small.target.hold();
    small.given(P0, 0, PollFixture.puts(2_000, 100));
    small.assign(P0);

    small.turns(300);
    assertThat(small.consumer.paused()).contains(P0);
    assertThat(small.budget.heldBytes()).isBetween(20_000L, 45_000L);

    small.target.answerAll();
    small.turns(2_000);
    assertThat(small.committedOffset(P0)).isEqualTo(2_000);
    assertThat(small.budget.heldBytes()).isZero();
  }

  @Test
  void takesAPauseUpOnlyWhenNothingIsInFlight() {
    fixture.target.hold();
    fixture.given(P0, 0, PollFixture.puts(100, 100));
    fixture.assign(P0);
    fixture.turns(200);
    long before = fixture.control.current().state().controlOffset();
    Scope scope = Scope.ofTable(TestRecords.TABLE);
    fixture.control.update("ann", "", state -> List.of(ControlChange.hold(scope, "h1", "test")));

    fixture.snapshot(P0);
    assertThat(fixture.step.snapshot().controlOffset()).isEqualTo(before);

    fixture.target.answerAll();
    fixture.snapshot(P0);
    fixture.snapshot(P0);
    long taken = fixture.step.snapshot().controlOffset();
    assertThat(taken).isEqualTo(fixture.control.current().state().controlOffset());
    int calls = fixture.target.calls().size();
    fixture.turns(200);
    assertThat(fixture.target.calls()).hasSize(calls);

    fixture.control.update("ann", "", state -> List.of(ControlChange.liftHold(scope)));
    fixture.turns(600);
    assertThat(applied()).hasSize(100);
  }

  @Test
  void takesNoWorkBeforeControlWasRead() {
    fixture.control.forgetView();
    fixture.given(P0, 0, PollFixture.puts(5, 5));
    fixture.assign(P0);
    fixture.turns(100);
    assertThat(fixture.snapshot(P0).cause().orElseThrow().reason())
        .isEqualTo(PauseReason.CONTROL_UNKNOWN);

    fixture.control.setReading(true);
    fixture.control.readToEnd();
    fixture.turns(1_000);

    assertThat(applied()).hasSize(5);
  }

  @Test
  void tellsAControlOffsetInTheTurnThatTakesItUp() {
    fixture.given(P0, 0, PollFixture.puts(5, 5));
    fixture.assign(P0);
    fixture.turns(100);

    for (int round = 0; round < 20; round++) {
      Scope scope = Scope.ofTable(TestRecords.TABLE);
      ControlChange change =
          round % 2 == 0 ? ControlChange.pause(scope) : ControlChange.resume(scope);
      long written = fixture.control.update("ann", "", state -> List.of(change));
      fixture.turn();

      assertThat(fixture.step.snapshot().controlOffset()).isEqualTo(written);
    }
  }

  @Test
  void goesOnWithAnotherNumberOfPartitionsOnceNothingIsInFlight() {
    fixture.target.hold();
    fixture.given(P0, 0, PollFixture.puts(60, 20));
    fixture.assign(P0);
    fixture.turns(100);
    int calls = fixture.target.calls().size();
    assertThat(fixture.target.heldCalls()).isPositive();

    fixture.control.update(
        "ann", "", state -> List.of(ControlChange.declarePartitions(TestRecords.TABLE, 2)));
    fixture.turns(50);
    assertThat(fixture.target.calls()).hasSize(calls);
    fixture.target.answerAll();
    fixture.turns(3_000);

    // Under the new number half of the rows belong elsewhere, which the check of each record shows.
    long elsewhere =
        IntStream.range(0, 60)
            .filter(i -> RowPartitioner.partition(TestRecords.bytes("r" + i % 20), 2) == 1)
            .count();
    assertThat(fixture.deadLetters.letters()).isNotEmpty();
    assertThat(fixture.deadLetters.letters().size()).isLessThanOrEqualTo((int) elsewhere);
    assertThat(fixture.committedOffset(P0)).isEqualTo(60);
    assertThat(fixture.target.breach()).isEmpty();
    assertThat(fixture.budget.heldBytes()).isZero();
  }

  @Test
  void isSettledOnceEveryPartitionIsOpenOrWaitsForAKnownReason() {
    fixture.given(P0, 0, PollFixture.puts(5, 5));
    fixture.clusterId = Optional.empty();
    fixture.assign(P0);
    fixture.turns(20);
    assertThat(fixture.step.snapshot().isSettled()).isFalse();

    fixture.clusterId = Optional.of(PollFixture.CLUSTER);
    fixture.turns(1_000);
    assertThat(fixture.step.snapshot().isSettled()).isTrue();

    TopicPartition later = new TopicPartition(PollFixture.TOPIC, 1);
    fixture.assign(P0, later);
    fixture.turns(20);
    assertThat(fixture.step.snapshot().isSettled()).isTrue();
  }

  @Test
  void finishesWhatItHasReadWhenItDrains() {
    fixture.given(P0, 0, PollFixture.puts(40, 10));
    fixture.target.hold();
    fixture.assign(P0);
    fixture.turns(100);
    fixture.step.drain();
    fixture.target.answerAll();
    fixture.turns(50);

    assertThat(fixture.step.isQuiet()).isTrue();
    assertThat(applied()).hasSize(40);
  }

  @Test
  void losesNothingAndKeepsRowOrderInAStorm() {
    int rewinds = 0;
    for (int round = 0; round < 12; round++) {
      long seed = System.nanoTime();
      System.out.println("seed " + seed);
      rewinds += storm(seed);
    }
    assertThat(rewinds).as("reassignments that the storms went through").isPositive();
  }

  private static int storm(long seed) {
    Random random = new Random(seed);
    PollFixture storm = new PollFixture(seed, 60_000);
    int count = 1_500;
    List<byte[][]> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String row = "r" + random.nextInt(30);
      byte[] value =
          switch (random.nextInt(8)) {
            case 0 -> TestRecords.rowMutations(row, i);
            case 1 -> TestRecords.delete(row, i);
            default -> TestRecords.put(row, i);
          };
      messages.add(PollFixture.message(row, value));
    }
    storm.given(P0, 0, messages);
    storm.target.hold();
    // From a call that lasts a few milliseconds to one that outlasts most back-offs.
    storm.answersPerMille = random.nextBoolean() ? 500 : 5;
    int[] faults = {600};
    FailureReason[] some = {
      FailureReason.REGION_UNAVAILABLE,
      FailureReason.OVERLOADED,
      FailureReason.TABLE_DISABLED,
      FailureReason.MUTATION_REFUSED,
      FailureReason.UNCLASSIFIED
    };
    storm.target.follow(
        (mutation, company) -> {
          if (faults[0] <= 0 || random.nextInt(20) != 0) {
            return Optional.empty();
          }
          faults[0]--;
          FailureReason reason = some[random.nextInt(some.length)];
          return Optional.of(
              company == 1 && reason == FailureReason.MUTATION_REFUSED
                  ? FailureReason.SERVER_UNAVAILABLE
                  : reason);
        });
    Scope scope = Scope.ofTable(TestRecords.TABLE);
    int reassigned = 0;
    boolean paused = false;
    storm.assign(P0);
    for (int turn = 0; turn < 400_000 && storm.committedOffset(P0) < count; turn++) {
      int dice = random.nextInt(400);
      if (dice == 0) {
        storm.assign();
        storm.turns(random.nextInt(5));
        storm.assign(P0);
        reassigned++;
      } else if (dice == 1) {
        boolean resumes = paused;
        storm.control.update(
            "ann",
            "",
            state -> List.of(resumes ? ControlChange.resume(scope) : ControlChange.pause(scope)));
        paused = !paused;
      } else if (dice < 30) {
        storm.scheduler.advance(random.nextInt(2_000));
      } else if (dice < 40) {
        storm.wakeUp();
      }
      storm.turn();
    }

    assertThat(storm.committedOffset(P0)).isEqualTo(count);
    assertThat(storm.target.breach()).isEmpty();
    int applied = 0;
    for (RowKey row : storm.target.rows()) {
      assertThat(storm.target.firstApplications(row)).isSorted();
      applied += storm.target.firstApplications(row).size();
    }
    assertThat(applied).isEqualTo(count);
    assertThat(storm.deadLetters.letters()).isEmpty();
    storm.answersPerMille = 1_000;
    storm.turns(50);
    assertThat(storm.budget.heldBytes()).isZero();
    assertThat(storm.lanes.callsInFlight()).isZero();
    return reassigned;
  }

  private void assertParked(PauseReason reason) {
    assertThat(fixture.snapshot(P0).cause().orElseThrow().reason()).isEqualTo(reason);
    assertThat(fixture.target.calls()).isEmpty();
    assertThat(fixture.consumer.paused()).contains(P0);
  }

  private List<Long> applied() {
    List<Long> all = new ArrayList<>();
    fixture.target.rows().forEach(row -> all.addAll(fixture.target.firstApplications(row)));
    return all;
  }
}
