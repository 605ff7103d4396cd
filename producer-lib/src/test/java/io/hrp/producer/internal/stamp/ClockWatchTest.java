package io.hrp.producer.internal.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.producer.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ClockWatchTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  private final ManualTime time = new ManualTime(NOW);
  private final ClockWatch watch = new ClockWatch(60_000, time::millis, time::nanoTime);

  @Test
  void trustsAClockThatGoesOnAsTimePasses() {
    time.advance(Duration.ofDays(3));

    assertThat(watch.skewMs()).isZero();
    assertThat(watch.allows()).isTrue();
  }

  @Test
  void noticesAClockThatWasSetUntilItIsSetBack() {
    time.setWall(NOW + HOUR_MS);

    assertThat(watch.allows()).isFalse();
    assertThat(watch.isBeyond()).isTrue();
    assertThat(watch.skewMs()).isEqualTo(HOUR_MS);

    time.setWall(NOW - 59_000);

    assertThat(watch.allows()).isTrue();
    assertThat(watch.isBeyond()).isFalse();
    assertThat(watch.skewMs()).isEqualTo(-59_000);
  }

  @Test
  void letsOneThroughEveryFewSecondsToAskTheBroker() {
    time.setWall(NOW + HOUR_MS);
    assertThat(watch.allows()).isFalse();

    time.advance(ClockWatch.PROBE_EVERY);

    assertThat(watch.allows()).isTrue();
    assertThat(watch.allows()).isFalse();
    assertThat(watch.isBeyond()).isTrue();
  }

  @Test
  void believesTheBrokerThatAClockThatJumpedIsRight() {
    time.setWall(NOW + HOUR_MS);
    assertThat(watch.allows()).isFalse();

    watch.acknowledged(NOW + HOUR_MS, time.nanoTime());

    assertThat(watch.isBeyond()).isFalse();
    assertThat(watch.allows()).isTrue();
    assertThat(Math.abs(watch.skewMs())).isLessThanOrEqualTo(2);
  }

  @Test
  void believesTheBrokerThatAClockIsWrongFromTheBeginning() {
    watch.acknowledged(NOW - HOUR_MS, time.nanoTime());

    assertThat(watch.isBeyond()).isTrue();
    assertThat(watch.skewMs()).isBetween(HOUR_MS - 2, HOUR_MS);
  }

  @Test
  void learnsNoMoreThanTheTimeUnderWayAllows() {
    long handedOver = time.nanoTime();
    time.advance(Duration.ofSeconds(30));

    watch.acknowledged(NOW + 10, handedOver);
    assertThat(watch.skewMs()).isZero();
    watch.acknowledged(NOW + 45_000, handedOver);
    assertThat(watch.skewMs()).isBetween(-15_001L, -14_998L);
    watch.acknowledged(-1, handedOver);

    assertThat(watch.skewMs()).isBetween(-15_001L, -14_998L);
  }
}
