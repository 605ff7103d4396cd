package io.hrp.consumer.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.consumer.offset.CommitMetadata;
import io.hrp.consumer.testing.FakeTarget;
import io.hrp.consumer.testing.TestRecords;
import io.hrp.control.ControlChange;
import io.hrp.control.ControlState;
import io.hrp.control.DiscardInterval;
import io.hrp.control.Scope;
import io.hrp.control.StartPosition;
import io.hrp.control.TopicOffsets;
import io.hrp.control.testing.InMemoryControlLog;
import io.hrp.wire.TableId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a look finds, and what it has noted in the control topic. */
final class KafkaPartitionLookupTest {
  private static final TableId TABLE = TestRecords.TABLE;
  private static final String TOPIC = PollFixture.TOPIC;
  private static final TopicPartition P0 = PollFixture.P0;
  private static final TopicPartition P1 = PollFixture.P1;
  private static final TopicPartition OTHER = new TopicPartition("hrp.default.other", 0);
  private static final String GROUP = "hrp-east";

  private final FakeCluster kafka = new FakeCluster();
  private final FakeTarget target = new FakeTarget();
  private final InMemoryControlLog control =
      new InMemoryControlLog(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), System::nanoTime);
  private Instant now = Instant.EPOCH;

  @BeforeEach
  void twoTopics() {
    kafka.topics.put(TOPIC, new ClusterQuestions.Topic("id-1", 2));
    kafka.topics.put(OTHER.topic(), new ClusterQuestions.Topic("id-2", 1));
    kafka.ends.put(P0, 10L);
  }

  @Test
  void findsWhatKafkaSaysOfEachPartition() {
    kafka.commit(GROUP, P0, 7, "note");
    kafka.compacted.add(OTHER.topic());

    PartitionLookup.Answer answer = look(P0, P1, OTHER);

    assertThat(answer.facts())
        .isEqualTo(
            Map.of(
                P0,
                new PartitionFacts(
                    "id-1", false, Optional.of(new PartitionFacts.Committed(7, "note")), 0, 10),
                P1,
                new PartitionFacts("id-1", false, Optional.empty(), 0, 0),
                OTHER,
                new PartitionFacts("id-2", true, Optional.empty(), 0, 0)));
    assertThat(answer.targetClusterId()).contains(new UUID(7, 7));
    assertThat(answer.refused()).isEmpty();
  }

  @Test
  void leavesOutATopicItMayNotAskAboutAndAnswersForTheOthers() {
    kafka.refused.add(OTHER.topic());

    PartitionLookup.Answer answer = look(P0, OTHER);

    assertThat(answer.facts()).containsOnlyKeys(P0);
    assertThat(answer.refused()).containsOnlyKeys(OTHER.topic());
  }

  @Test
  void leavesOutWhatDoesNotExistAndWhatNobodyLeads() {
    kafka.leaderless.add(P1);

    PartitionLookup.Answer answer =
        look(P0, P1, new TopicPartition(TOPIC, 2), new TopicPartition("hrp.default.gone", 0));

    assertThat(answer.facts()).containsOnlyKeys(P0);
    assertThat(answer.refused()).isEmpty();
    assertThat(answer.trouble()).contains("does not exist");
  }

  @Test
  void findsNothingWhileKafkaIsAwayAndSaysWhy() {
    kafka.isAway = true;

    PartitionLookup.Answer answer = look(P0);

    assertThat(answer.facts()).isEmpty();
    assertThat(answer.trouble()).contains("did not answer within 10000 ms");
  }

  @Test
  void registersThePeerOnceWithThePartitionsThatExistThen() {
    look(P0);
    kafka.topics.put("hrp.default.late", new ClusterQuestions.Topic("id-3", 3));
    look(P0);

    var registration = state().peerRegistration("east").orElseThrow();
    assertThat(registration.startOf(TABLE, 1)).isEqualTo(StartPosition.LATEST);
    assertThat(registration.startOf(TABLE, 2)).isEqualTo(StartPosition.EARLIEST);
    assertThat(registration.startOf(TableId.of("default", "late"), 0))
        .isEqualTo(StartPosition.EARLIEST);
  }

  @Test
  void notesHowManyPartitionsHaveAFirstOffsetAlsoOfATopicThatHasGrown() {
    kafka.commit(GROUP, P1, 0, metadata("id-1"));
    look(P0, P1);
    assertThat(state().topicStart("east", TABLE)).isEmpty();

    kafka.commit(GROUP, P0, 0, metadata("id-1"));
    look(P0, P1);
    assertThat(state().topicStart("east", TABLE).orElseThrow().partitions()).isEqualTo(2);

    kafka.topics.put(TOPIC, new ClusterQuestions.Topic("id-1", 3));
    kafka.commit(GROUP, new TopicPartition(TOPIC, 2), 0, metadata("id-1"));
    look(P0, P1);
    assertThat(state().topicStart("east", TABLE).orElseThrow().partitions()).isEqualTo(3);
  }

  @Test
  void notesNothingOfATopicMadeAnew() {
    kafka.commit(GROUP, P0, 5, metadata("id-1"));
    look(P0);
    kafka.topics.put(TOPIC, new ClusterQuestions.Topic("id-9", 2));
    kafka.commit(GROUP, P0, 5, metadata("id-9"));
    kafka.commit(GROUP, P1, 5, metadata("id-9"));
    look(P0);

    assertThat(state().topicStart("east", TABLE).orElseThrow().topicId()).isEqualTo("id-1");
  }

  @Test
  void forgetsAnIntervalSomeTimeAfterThePeerHasPassedItsEnd() {
    DiscardInterval interval = disabled(Scope.of("east", TABLE), "id-1", 4, 6);
    kafka.commit(GROUP, P0, 4, metadata("id-1"));
    kafka.commit(GROUP, P1, 5, metadata("id-1"));
    later();
    look(P0);
    assertThat(state().intervalsAt(interval.scope())).hasSize(1);

    kafka.commit(GROUP, P1, 6, metadata("id-1"));
    now = Instant.EPOCH;
    look(P0);
    assertThat(state().intervalsAt(interval.scope())).hasSize(1);

    later();
    look(P0);
    assertThat(state().intervalsAt(interval.scope())).isEmpty();
  }

  @Test
  void keepsAnIntervalOfAllPeersUntilEachOfThemHasPassedIt() {
    DiscardInterval interval = disabled(Scope.ofTable(TABLE), "id-1", 4, 6);
    control.update(
        "d",
        "",
        state -> List.of(ControlChange.registerPeer("west", StartPosition.EARLIEST, Map.of())));
    kafka.commit(GROUP, P0, 9, metadata("id-1"));
    kafka.commit(GROUP, P1, 9, metadata("id-1"));
    later();
    look(P0);
    look(P0);
    assertThat(state().intervalsAt(interval.scope())).hasSize(1);

    kafka.commit("hrp-west", P0, 4, metadata("id-1"));
    kafka.commit("hrp-west", P1, 6, metadata("id-1"));
    look(P0);
    assertThat(state().intervalsAt(interval.scope())).isEmpty();
  }

  @Test
  void keepsAnOpenIntervalAndForgetsOneOfATopicThatIsNoMore() {
    control.update(
        "ann",
        "",
        state ->
            List.of(
                ControlChange.startDiscarding(
                    Scope.of("east", TABLE), 1, TopicOffsets.of("id-1", Map.of(0, 0L)))));
    DiscardInterval old = disabled(Scope.of("east", TABLE).family("b"), "id-0", 100, 100);
    kafka.commit(GROUP, P0, 50, metadata("id-1"));
    kafka.commit(GROUP, P1, 50, metadata("id-1"));
    later();

    look(P0);

    assertThat(state().intervalsAt(Scope.of("east", TABLE))).hasSize(1);
    assertThat(state().intervalsAt(old.scope())).isEmpty();
  }

  private DiscardInterval disabled(Scope scope, String topicId, long end0, long end1) {
    control.update(
        "ann",
        "",
        state ->
            List.of(
                ControlChange.startDiscarding(
                    scope, 1, TopicOffsets.of(topicId, Map.of(0, 0L, 1, 0L)))));
    DiscardInterval open = state().openIntervalAt(scope).orElseThrow();
    control.update(
        "ann",
        "",
        state ->
            List.of(
                ControlChange.stopDiscarding(
                    open, TopicOffsets.of(topicId, Map.of(0, end0, 1, end1)))));
    return state().intervalsAt(scope).get(0);
  }

  private void later() {
    now = now.plus(ControlNotes.PASSED_STAYS).plus(Duration.ofSeconds(1));
  }

  private ControlState state() {
    return control.current().state();
  }

  private static String metadata(String topicId) {
    return new CommitMetadata(topicId, new UUID(7, 7).toString(), Optional.empty()).toText();
  }

  private PartitionLookup.Answer look(TopicPartition... partitions) {
    return new KafkaPartitionLookup(
            kafka,
            "east",
            target,
            new ControlNotes(
                kafka,
                new ControlNotes.Asker("east", StartPosition.LATEST, "daemon"),
                control,
                control,
                Clock.fixed(now, ZoneOffset.UTC)),
            Runnable::run)
        .look(Set.of(partitions))
        .join();
  }
}
