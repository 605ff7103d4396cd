package io.hrp.consumer.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.consumer.apply.FailureKind;
import io.hrp.consumer.apply.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RetryPolicyTest {
  private final RetryPolicy policy =
      new RetryPolicy(5_000, 10_000, PoisonPolicy.DEAD_LETTER, () -> 0.5);

  @Test
  void retriesRetriableFailuresFromTheLaneWithADoublingDelayAndThenStalls() {
    assertThat(policy.decide(FailureReason.REGION_UNAVAILABLE, 100, 1, 0))
        .isEqualTo(new RetryDecision.RetrySoon(50));
    assertThat(policy.decide(FailureReason.REGION_UNAVAILABLE, 100, 2, 0))
        .isEqualTo(new RetryDecision.RetrySoon(100));
    assertThat(policy.decide(FailureReason.REGION_UNAVAILABLE, 100, 4, 0))
        .isEqualTo(new RetryDecision.RetrySoon(400));
    assertThat(policy.decide(FailureReason.REGION_UNAVAILABLE, 100, 1, 15_000))
        .isInstanceOf(RetryDecision.Stall.class);
    assertThat(policy.decide(FailureReason.REGION_UNAVAILABLE, 1, 5, 0))
        .isInstanceOf(RetryDecision.Stall.class);
  }

  @ParameterizedTest
  @EnumSource(FailureReason.class)
  void neverDecidesForGoodFromACallWithCompany(FailureReason reason) {
    RetryDecision decision = policy.decide(reason, 2, 1, 0);

    assertThat(decision).isNotInstanceOf(RetryDecision.PutAside.class);
  }

  @ParameterizedTest
  @EnumSource(FailureReason.class)
  void putsAsideNothingButPoison(FailureReason reason) {
    RetryDecision decision = policy.decide(reason, 1, 1_000_000, 0);

    assertThat(decision instanceof RetryDecision.PutAside)
        .isEqualTo(reason.kind() == FailureKind.POISON);
  }

  @ParameterizedTest
  @EnumSource(FailureReason.class)
  void putsAsideNothingWhereThePolicyIsToPark(FailureReason reason) {
    RetryPolicy parks = new RetryPolicy(5_000, 10_000, PoisonPolicy.PARK, () -> 0.5);

    assertThat(parks.decide(reason, 1, 1, 0)).isNotInstanceOf(RetryDecision.PutAside.class);
  }

  @Test
  void stallsAtOnceForWhatConcernsTheWholeTable() {
    assertThat(policy.decide(FailureReason.TABLE_MISSING, 2_000, 1, 0))
        .isInstanceOf(RetryDecision.Stall.class);
    assertThat(policy.decide(FailureReason.FAMILY_MISSING, 2_000, 1, 0))
        .isInstanceOf(RetryDecision.Isolate.class);
  }

  @Test
  void waitsLongerWithEachStallUpToALimit() {
    assertThat(policy.stallDelayMs(FailureKind.RETRIABLE, 0)).isEqualTo(800);
    assertThat(policy.stallDelayMs(FailureKind.RETRIABLE, 1)).isEqualTo(1_600);
    assertThat(policy.stallDelayMs(FailureKind.RETRIABLE, 1_000)).isEqualTo(5_000);
    assertThat(policy.stallDelayMs(FailureKind.OPERATORS, 0)).isEqualTo(1_600);
    assertThat(policy.stallDelayMs(FailureKind.UNKNOWN, 1_000)).isEqualTo(10_000);
  }

  @Test
  void spreadsDelaysByAQuarterEitherWay() {
    RetryPolicy early = new RetryPolicy(5_000, 10_000, PoisonPolicy.PARK, () -> 0.0);
    RetryPolicy late = new RetryPolicy(5_000, 10_000, PoisonPolicy.PARK, () -> 0.999);

    assertThat(early.stallDelayMs(FailureKind.RETRIABLE, 9)).isEqualTo(3_750);
    assertThat(late.stallDelayMs(FailureKind.RETRIABLE, 9)).isBetween(6_200L, 6_250L);
  }

  @Test
  void admitsOnlySoMuchPoisonInAnyMinute() {
    PoisonFlood flood = new PoisonFlood(3);
    long second = 1_000_000_000L;

    assertThat(flood.tryAdmit(0)).isTrue();
    assertThat(flood.tryAdmit(20 * second)).isTrue();
    assertThat(flood.tryAdmit(40 * second)).isTrue();
    assertThat(flood.tryAdmit(45 * second)).isFalse();
    assertThat(flood.tryAdmit(61 * second)).isTrue();
    assertThat(flood.tryAdmit(62 * second)).isFalse();
    assertThat(flood.tryAdmit(600 * second)).isTrue();
  }
}
