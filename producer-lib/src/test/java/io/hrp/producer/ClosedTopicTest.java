package io.hrp.producer;

import static io.hrp.producer.PublisherFixture.ORDERS;
import static io.hrp.producer.PublisherFixture.ORDERS_ID;
import static io.hrp.producer.PublisherFixture.options;
import static io.hrp.producer.PublisherFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hrp.control.ChangeNote;
import io.hrp.control.ClosedPolicy;
import io.hrp.control.ControlChange;
import io.hrp.control.ControlRecord;
import io.hrp.control.NotUnderstood;
import io.hrp.producer.api.TableUnavailableException;
import io.hrp.producer.api.TopicClosedException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ClosedTopicTest {
  private static final ControlChange CLOSE =
      ControlChange.closeTopic(ORDERS_ID, ClosedPolicy.REJECT);

  @Test
  void refusesWhileTheTopicIsClosedAndGoesOnWhenItIsOpened() {
    PublisherFixture fixture = new PublisherFixture().declared();
    fixture.publisher.publish(ORDERS, put("r1"));

    fixture.control.change(CLOSE);
    TopicClosedException refusal =
        catchThrowableOfType(
            TopicClosedException.class, () -> fixture.publisher.publish(ORDERS, put("r2")));
    fixture.control.change(ControlChange.openTopic(ORDERS_ID));
    fixture.publisher.publish(ORDERS, put("r3"));

    assertThat(refusal.policy()).isEqualTo(TopicClosedException.Policy.REJECT);
    assertThat(refusal.isRetriable()).isTrue();
    assertThat(refusal)
        .hasMessageContaining("closed to producers by test")
        .hasMessageContaining("hrp topic open shop:orders");
    assertThat(fixture.kafka.history()).hasSize(2);
    assertThat(fixture.topics.looks()).hasSize(1);
    assertThat(
            fixture
                .options
                .metrics()
                .counter(
                    "hrp_producer_mutations_refused_total{table=shop:orders,reason=topic_closed}")
                .getCount())
        .isEqualTo(1);
  }

  @Test
  void tellsThePolicyToThoseThatHaveACluster() {
    PublisherFixture fixture = new PublisherFixture().declared();
    fixture.control.change(ControlChange.closeTopic(ORDERS_ID, ClosedPolicy.DIRECT));

    TopicClosedException refusal =
        catchThrowableOfType(
            TopicClosedException.class, () -> fixture.publisher.publish(ORDERS, put("r1")));

    assertThat(refusal.policy()).isEqualTo(TopicClosedException.Policy.DIRECT);
    assertThat(refusal).hasMessageContaining("this publisher has none");
    assertThat(fixture.topics.looks()).isEmpty();
  }

  @Test
  void whoWaitedForRoomWhileTheTopicWasClosedIsRefused() throws InterruptedException {
    PublisherFixture fixture = new PublisherFixture(options().maxInFlightRecords(1)).declared();
    fixture.publisher.publish(ORDERS, put("r1"));
    fixture.control.change(CLOSE);
    fixture.control.change(ControlChange.openTopic(ORDERS_ID));
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                fixture.publisher.publish(ORDERS, put("r2"));
                waiting.complete(null);
              } catch (TopicClosedException e) {
                waiting.completeExceptionally(e);
              }
            });
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    fixture.control.change(CLOSE);
    fixture.kafka.acknowledgeOne();

    assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TopicClosedException.class);
    assertThat(fixture.kafka.history()).hasSize(1);
    assertThat(fixture.limit.records()).isZero();
  }

  @Test
  void whoWaitedForTheClockWhileTheTopicWasClosedIsRefused() {
    PublisherFixture fixture =
        new PublisherFixture(options().maxAhead(Duration.ofMillis(1))).declared();
    fixture.publisher.publish(ORDERS, put("r1"));
    fixture.publisher.publish(ORDERS, put("r1"));
    fixture.onSleep = () -> fixture.control.change(CLOSE);

    assertThatThrownBy(() -> fixture.publisher.publish(ORDERS, put("r1")))
        .isInstanceOf(TopicClosedException.class);
    assertThat(fixture.kafka.history()).hasSize(2);
  }

  @Test
  void aRecordOfANewerProgramThatForbidsSomethingStopsPublishing() {
    PublisherFixture fixture = new PublisherFixture().declared();
    fixture.control.add(
        ControlRecord.of(
            9,
            NotUnderstood.of(
                "table/shop:orders/blackout",
                9,
                "a key this program does not know",
                NotUnderstood.Weight.HOLDS,
                ChangeNote.of("test", Instant.EPOCH, ""))));

    TableUnavailableException refusal =
        catchThrowableOfType(
            TableUnavailableException.class, () -> fixture.publisher.publish(ORDERS, put("r1")));

    assertThat(refusal.reason()).isEqualTo(TableUnavailableException.Reason.CONTROL_NOT_UNDERSTOOD);
    assertThat(refusal).hasMessageContaining("table/shop:orders/blackout");
  }
}
