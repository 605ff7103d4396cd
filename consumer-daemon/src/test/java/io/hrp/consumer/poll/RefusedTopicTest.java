package io.hrp.consumer.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.consumer.status.PartitionSnapshot;
import io.hrp.consumer.status.PauseReason;
import io.hrp.control.ControlChange;
import io.hrp.wire.TableId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A topic that the daemon may not read waits alone. */
final class RefusedTopicTest {
  private static final TopicPartition P0 = PollFixture.P0;
  private static final TableId SECRET = TableId.of("default", "secret");
  private static final TopicPartition REFUSED = new TopicPartition("hrp.default.secret", 0);

  private final PollFixture fixture = new PollFixture();

  @BeforeEach
  void twoTables() {
    fixture.control.update("t", "", state -> List.of(ControlChange.declarePartitions(SECRET, 1)));
    fixture.consumer.updateBeginningOffsets(Map.of(REFUSED, 0L));
    fixture.given(P0, 0, PollFixture.puts(200, 10));
    fixture.given(REFUSED, 0, List.of());
  }

  @Test
  void parksAloneWhenAFetchIsRefusedAndGoesOnByItself() {
    fixture.assign(P0, REFUSED);
    fixture.turns(30);
    fixture.consumer.setPollException(new TopicAuthorizationException(Set.of(REFUSED.topic())));
    fixture.turns(2);

    assertThat(causeOf(SECRET)).isEqualTo(PauseReason.TOPIC_UNAUTHORIZED);
    assertThat(fixture.consumer.paused()).containsExactly(REFUSED);
    fixture.turns(500);
    assertThat(fixture.committedOffset(P0)).isEqualTo(200);

    fixture.scheduler.advance(60_000);
    fixture.turns(5);
    assertThat(fixture.consumer.paused()).isEmpty();
    fixture.scheduler.advance(3_000);
    fixture.turns(5);
    assertThat(snapshot(SECRET).cause()).isEmpty();
  }

  @Test
  void doesNotStandInTheWayOfOtherPartitionsCommits() {
    fixture.log.put(REFUSED, PollFixture.puts(1, 1));
    fixture.assign(P0, REFUSED);
    fixture.consumer.refusedTopics.add(REFUSED.topic());
    fixture.turns(600);

    // Its one record names another table, so it is put aside: there is an offset to commit.
    assertThat(fixture.deadLetters.letters()).hasSize(1);
    assertThat(fixture.committedOffset(P0)).isEqualTo(200);
    assertThat(fixture.committedOffset(REFUSED)).isLessThanOrEqualTo(0);
    assertThat(causeOf(SECRET)).isEqualTo(PauseReason.TOPIC_UNAUTHORIZED);

    fixture.consumer.refusedTopics.clear();
    fixture.scheduler.advance(60_000);
    fixture.turns(300);
    assertThat(fixture.committedOffset(REFUSED)).isEqualTo(1);
    assertThat(fixture.deadLetters.letters()).hasSize(1);
  }

  @Test
  void commitsTheOthersAtARevocation() {
    fixture.log.put(REFUSED, PollFixture.puts(1, 1));
    fixture.assign(P0, REFUSED);
    fixture.consumer.ignoresAsync = true;
    fixture.turns(300);
    fixture.consumer.refusedTopics.add(REFUSED.topic());
    fixture.consumer.ignoresAsync = false;

    fixture.assign();

    fixture.assign(P0, REFUSED);
    assertThat(fixture.committedOffset(P0)).isEqualTo(200);
    assertThat(fixture.committedOffset(REFUSED)).isLessThanOrEqualTo(0);
  }

  @Test
  void waitsUnopenedWhereALookIsRefused() {
    fixture.facts.remove(REFUSED);
    fixture.refused.put(REFUSED.topic(), "grant it");
    fixture.assign(P0, REFUSED);
    fixture.turns(500);

    assertThat(causeOf(SECRET)).isEqualTo(PauseReason.TOPIC_UNAUTHORIZED);
    assertThat(fixture.committedOffset(P0)).isEqualTo(200);
    assertThat(fixture.step.snapshot().isSettled()).isTrue();

    fixture.refused.clear();
    fixture.given(REFUSED, 0, List.of());
    fixture.scheduler.advance(10_000);
    fixture.turns(20);
    assertThat(snapshot(SECRET).cause()).isEmpty();
  }

  @Test
  void waitsUnopenedWhereItsFirstCommitIsRefused() {
    fixture.neverCommitted(REFUSED);
    fixture.consumer.refusedTopics.add(REFUSED.topic());
    fixture.assign(P0, REFUSED);
    fixture.turns(500);

    assertThat(causeOf(SECRET)).isEqualTo(PauseReason.TOPIC_UNAUTHORIZED);
    assertThat(fixture.committedOffset(P0)).isEqualTo(200);

    fixture.consumer.refusedTopics.clear();
    fixture.scheduler.advance(10_000);
    fixture.turns(20);
    fixture.scheduler.advance(10_000);
    fixture.turns(20);
    assertThat(snapshot(SECRET).cause()).isEmpty();
  }

  @Test
  void aRefusalThatConcernsNoPartitionIsAFault() {
    fixture.assign(P0);
    fixture.turns(20);
    fixture.consumer.setPollException(new TopicAuthorizationException(Set.of("elsewhere")));

    assertThatThrownBy(() -> fixture.turns(2)).isInstanceOf(TopicAuthorizationException.class);
  }

  private PauseReason causeOf(TableId table) {
    return snapshot(table).cause().orElseThrow().reason();
  }

  private PartitionSnapshot snapshot(TableId table) {
    fixture.scheduler.advance(300);
    fixture.turn();
    return fixture.step.snapshot().partitions().stream()
        .filter(each -> each.table().equals(table))
        .findFirst()
        .orElseThrow();
  }
}
