package io.hrp.consumer.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PeerPollTest {
  private static final TopicPartition P0 = PollFixture.P0;
  private static final Duration LONG = Duration.ofSeconds(20);

  private final AtomicInteger faults = new AtomicInteger();
  private final List<String> fenced = new ArrayList<>();
  private final CountDownLatch lastStep = new CountDownLatch(1);

  @Test
  void startsOverWithAnotherConsumerAfterAFault() throws InterruptedException {
    PollFixture broken = new PollFixture();
    broken.consumer.setPollException(new KafkaException("broken"));
    PollFixture sound = new PollFixture();
    // Each look at the clock takes long, so that the delay between the two is over soon.
    AtomicLong clock = new AtomicLong();
    PeerPoll poll = poll(() -> clock.addAndGet(100_000_000), broken, sound);

    poll.start();
    assertThat(lastStep.await(20, TimeUnit.SECONDS)).isTrue();
    poll.stop(StopMode.DRAIN, Duration.ofHours(1));

    assertThat(poll.awaitEnd(LONG)).contains(true);
    assertThat(faults).hasValue(1);
    assertThat(broken.consumer.closed()).isTrue();
    assertThat(sound.consumer.closed()).isTrue();
    assertThat(poll.state()).isEqualTo(PollState.STOPPED);
    assertThat(fenced).isEmpty();
  }

  @Test
  void endsWhenAnotherDaemonRunsUnderTheSameId() throws InterruptedException {
    PollFixture fixture = new PollFixture();
    fixture.consumer.setPollException(new FencedInstanceIdException("twice"));
    PeerPoll poll = poll(System::nanoTime, fixture);

    poll.start();

    assertThat(poll.awaitEnd(LONG)).isPresent();
    assertThat(fenced).containsExactly("east");
    assertThat(faults).hasValue(0);
    assertThat(poll.state()).isEqualTo(PollState.STOPPED);
    assertThat(fixture.consumer.closed()).isTrue();
  }

  @Test
  void finishesAndCommitsWhatWasReadWhenItDrains() throws InterruptedException {
    PollFixture fixture = withCallsInFlight();
    PeerPoll poll = poll(System::nanoTime, fixture);

    poll.start();
    assertThat(lastStep.await(20, TimeUnit.SECONDS)).isTrue();
    poll.stop(StopMode.DRAIN, LONG);
    fixture.target.answerAll();

    assertThat(poll.awaitEnd(LONG)).contains(true);
    assertThat(lastCommitted(fixture)).isEqualTo(40);
  }

  @Test
  void commitsNothingThatIsInFlightWhenItIsToHurry() throws InterruptedException {
    PollFixture fixture = withCallsInFlight();
    PeerPoll poll = poll(System::nanoTime, fixture);

    poll.start();
    assertThat(lastStep.await(20, TimeUnit.SECONDS)).isTrue();
    poll.stop(StopMode.ABANDON, Duration.ZERO);

    assertThat(poll.awaitEnd(LONG)).contains(false);
    assertThat(fixture.consumer.asked).isEmpty();
    assertThat(fixture.consumer.closed()).isTrue();
  }

  private static PollFixture withCallsInFlight() {
    PollFixture fixture = new PollFixture();
    fixture.target.hold();
    fixture.given(P0, 0, PollFixture.puts(40, 40));
    fixture.assign(P0);
    fixture.turns(100);
    assertThat(fixture.target.heldCalls()).isPositive();
    return fixture;
  }

  private static long lastCommitted(PollFixture fixture) {
    var asked = fixture.consumer.asked;
    var last = asked.get(asked.size() - 1).get(P0);
    return last == null ? -1 : last.offset();
  }

  private PeerPoll poll(LongSupplier nanos, PollFixture... fixtures) {
    ArrayDeque<PollFixture> left = new ArrayDeque<>(List.of(fixtures));
    return new PeerPoll(
        "east",
        () -> {
          PollStep step = left.removeFirst().step;
          if (left.isEmpty()) {
            lastStep.countDown();
          }
          return step;
        },
        nanos,
        faults::incrementAndGet,
        fenced::add);
  }
}
