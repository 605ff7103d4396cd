package io.hrp.consumer.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.consumer.status.PauseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Records of a topic made anew under a running consumer, through the poll step. */
final class TopicConfirmationTest {
  private static final TopicPartition P0 = PollFixture.P0;

  private final PollFixture fixture = new PollFixture();

  @Test
  void holdsWhatItPolledUnderNewMetadataUntilTheTopicIsConfirmed() {
    CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();
    fixture.given(P0, 0, PollFixture.puts(40, 10));
    fixture.assign(P0);
    fixture.turns(100);
    assertThat(applied()).hasSize(40);
    assertThat(fixture.questionsForIds).isZero();

    fixture.topicIds = Optional.of(answer);
    fixture.metadataUpdates++;
    fixture.log.put(P0, PollFixture.puts(80, 10));
    fixture.turns(300);

    assertThat(applied()).hasSize(40);
    assertThat(fixture.questionsForIds).isEqualTo(1);
    assertThat(fixture.budget.heldBytes()).isPositive();
    assertThat(fixture.step.isQuiet()).isFalse();

    answer.complete(Map.of(PollFixture.TOPIC, PollFixture.TOPIC_ID));
    fixture.turns(100);

    assertThat(applied()).hasSize(80);
    assertThat(fixture.committedOffset(P0)).isEqualTo(80);
    assertThat(fixture.budget.heldBytes()).isZero();
    assertThat(fixture.questionsForIds).isEqualTo(1);
  }

  @Test
  void appliesNothingOfATopicMadeAnewWhileItIsRead() {
    fixture.given(P0, 0, PollFixture.puts(5, 5));
    fixture.assign(P0);
    fixture.turns(100);
    assertThat(applied()).hasSize(5);

    // The consumer moves on to the new topic by itself, as Kafka's does.
    fixture.facts.put(P0, new PartitionFacts("new", false, Optional.empty(), 0, 40));
    fixture.metadataUpdates++;
    fixture.log.put(P0, PollFixture.puts(40, 5));
    fixture.turns(200);

    assertThat(applied()).hasSize(5);
    assertThat(fixture.snapshot(P0).cause().orElseThrow().reason())
        .isEqualTo(PauseReason.TOPIC_RECREATED);
    assertThat(fixture.budget.heldBytes()).isZero();
    assertThat(fixture.committedOffset(P0)).isEqualTo(5);

    // A broker that lags behind tells the old id once more.
    fixture.committed(P0, 5, PollFixture.metadata(PollFixture.TOPIC_ID, PollFixture.CLUSTER));
    fixture.metadataUpdates++;
    fixture.scheduler.advance(10_000);
    fixture.turns(200);
    assertThat(applied()).hasSize(5);
    assertThat(fixture.snapshot(P0).cause().orElseThrow().reason())
        .isEqualTo(PauseReason.TOPIC_RECREATED);
  }

  @Test
  void asksForTopicIdsAtMostTenTimesASecondHoweverOftenMetadataIsNew() {
    fixture.given(P0, 0, PollFixture.puts(10, 5));
    fixture.assign(P0);
    fixture.turns(100);
    long before = fixture.scheduler.getAsLong();

    for (int i = 0; i < 400; i++) {
      fixture.metadataUpdates++;
      fixture.turn();
    }

    long tenths = (fixture.scheduler.getAsLong() - before) / 100_000_000;
    assertThat((long) fixture.questionsForIds).isBetween(1L, tenths + 1);
  }

  @Test
  void confirmsSeveralChunksByOneAnswerAndInOrder() {
    CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();
    fixture.topicIds = Optional.of(answer);
    fixture.given(P0, 0, PollFixture.puts(200, 1));
    fixture.assign(P0);
    fixture.metadataUpdates++;
    fixture.turns(20);
    int before = applied().size();

    fixture.metadataUpdates++;
    fixture.turns(200);
    int held = applied().size();
    answer.complete(Map.of(PollFixture.TOPIC, PollFixture.TOPIC_ID));
    fixture.topicIds = Optional.empty();
    fixture.turns(300);

    assertThat(held).isEqualTo(before);
    assertThat(applied()).hasSize(200).isSorted();
    assertThat(fixture.committedOffset(P0)).isEqualTo(200);
  }

  @Test
  void saysThatKafkaDoesNotTellTheTopicsIdAndReadsNoFurther() {
    fixture.given(P0, 0, PollFixture.puts(5, 5));
    fixture.assign(P0);
    fixture.turns(100);
    fixture.topicIds = Optional.of(CompletableFuture.completedFuture(Map.of()));
    fixture.metadataUpdates++;
    fixture.log.put(P0, PollFixture.puts(3_000, 5));
    // Looks say what the topic is, too: for this test they tell nothing.
    fixture.facts.clear();
    fixture.turns(5);
    fixture.scheduler.advance(6_000);

    assertThat(fixture.snapshot(P0).cause().orElseThrow().reason())
        .isEqualTo(PauseReason.TOPIC_UNCONFIRMED);
    fixture.turn();
    assertThat(fixture.consumer.paused()).contains(P0);
    assertThat(applied()).hasSize(5);

    fixture.topicIds = Optional.empty();
    fixture.committed(P0, 5, PollFixture.metadata(PollFixture.TOPIC_ID, PollFixture.CLUSTER));
    fixture.turns(3_000);
    assertThat(applied()).hasSize(3_000);
    assertThat(fixture.snapshot(P0).cause()).isEmpty();
  }

  @Test
  void dropsWhatItHoldsAtARevocation() {
    fixture.topicIds = Optional.of(new CompletableFuture<>());
    fixture.given(P0, 0, PollFixture.puts(5, 5));
    fixture.assign(P0);
    fixture.turns(100);
    fixture.metadataUpdates++;
    fixture.log.put(P0, PollFixture.puts(40, 5));
    fixture.turns(50);
    assertThat(fixture.budget.heldBytes()).isPositive();

    fixture.assign();

    assertThat(fixture.budget.heldBytes()).isZero();
    assertThat(applied()).hasSize(5);
  }

  private List<Long> applied() {
    List<Long> all = new ArrayList<>();
    fixture.target.rows().forEach(row -> all.addAll(fixture.target.firstApplications(row)));
    return all;
  }
}
