package io.hrp.control.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.control.ChangeNote;
import io.hrp.control.ControlView;
import io.hrp.control.Pause;
import io.hrp.control.Scope;
import io.hrp.wire.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class ControlTailTest {
  private static final TopicPartition CONTROL = new TopicPartition(TopicNames.CONTROL, 0);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Scope EAST = Scope.ofPeer("east");
  private static final Scope WEST = Scope.ofPeer("west");

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final List<ControlView> seen = new ArrayList<>();
  private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private final ControlTail tail;
  private long nanos;

  ControlTailTest() {
    SinglePartitionReader reader =
        new SinglePartitionReader(consumer, TopicNames.CONTROL, () -> nanos += 1000);
    consumer.updateBeginningOffsets(Map.of(CONTROL, 0L));
    tail = new ControlTail(reader, clock, () -> nanos, seen::add);
  }

  private void pause(Scope scope, long offset) {
    Pause pause = Pause.of(scope, ChangeNote.of("ann", Instant.EPOCH, ""));
    consumer.addRecord(
        new ConsumerRecord<>(
            TopicNames.CONTROL,
            0,
            offset,
            ControlCodec.key(pause.keyText()),
            ControlCodec.encode(pause)));
    end(offset + 1);
  }

  private void end(long offset) {
    consumer.updateEndOffsets(Map.of(CONTROL, offset));
  }

  @Test
  void publishesTheStateAtTheEndAndTellsOfChangesAlone() {
    pause(EAST, 0);

    tail.step(TIMEOUT);
    long firstStart = tail.current().readToEndStartedNanos();
    tail.step(TIMEOUT);
    pause(WEST, 1);
    tail.step(TIMEOUT);

    assertThat(seen).hasSize(2);
    assertThat(seen.get(0).state().pauseAt(EAST)).isPresent();
    assertThat(seen.get(0).state().pauseAt(WEST)).isEmpty();
    assertThat(seen.get(1).state().pauseAt(WEST)).isPresent();
    assertThat(tail.current().readToEndStartedNanos()).isGreaterThan(firstStart);
  }

  @Test
  void anEmptyTopicIsReadCompletelyToo() {
    end(0);

    tail.step(TIMEOUT);

    assertThat(tail.current().complete()).isTrue();
    assertThat(seen).hasSize(1);
  }

  @Test
  void showsNothingBeforeTheEndIsReachedAndGoesOnFromThere() {
    pause(EAST, 0);
    end(2);

    assertThatThrownBy(() -> tail.step(Duration.ofNanos(20_000)))
        .isInstanceOf(TimeoutException.class);
    assertThat(tail.current().complete()).isFalse();

    pause(WEST, 1);
    tail.step(TIMEOUT);

    assertThat(tail.current().state().pauseAt(EAST)).isPresent();
    assertThat(tail.current().state().pauseAt(WEST)).isPresent();
  }

  @Test
  void keepsTheLastStateWhileTheTopicIsAnotherOneAndThenReadsThatFromTheStart() {
    pause(EAST, 0);
    tail.step(TIMEOUT);

    end(0);
    assertThatThrownBy(() -> tail.step(TIMEOUT)).isInstanceOf(PositionGoneException.class);
    assertThat(tail.current().state().pauseAt(EAST)).isPresent();

    tail.step(TIMEOUT);
    assertThat(tail.current().state().pauseAt(EAST)).isEmpty();
    assertThat(seen).hasSize(2);
  }

  /** Compaction may have dropped the removal of a key by then. */
  @Test
  void readsEverythingAgainAfterALongTimeOutOfReach() {
    pause(EAST, 0);
    pause(WEST, 1);
    tail.step(TIMEOUT);

    nanos += Duration.ofHours(2).toNanos();
    pause(WEST, 7);
    consumer.updateBeginningOffsets(Map.of(CONTROL, 7L));
    tail.step(TIMEOUT);

    assertThat(tail.current().state().pauseAt(EAST)).isEmpty();
    assertThat(tail.current().state().pauseAt(WEST)).isPresent();
    assertThat(tail.current().state().controlOffset()).isEqualTo(7);
  }
}
