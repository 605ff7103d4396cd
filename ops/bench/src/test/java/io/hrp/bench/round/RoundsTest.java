package io.hrp.bench.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {

  private final List<String> calls = new ArrayList<>();

  @Test
  void runsSidesInTurnAndBeginsEachRoundWithAnother() throws InterruptedException {
    new Rounds(2, text -> {}).run("case", List.of(side("a", 1), side("b", 1)));

    assertThat(calls).containsExactly("a0", "b0", "b1", "a1", "a2", "b2");
  }

  @Test
  void dropsTheWarmUpAndKeepsTheOrderOfTheSides() throws InterruptedException {
    List<SideResult> results =
        new Rounds(3, text -> {}).run("case", List.of(side("a", 1), side("b", 2)));

    assertThat(results)
        .containsExactly(
            new SideResult("case", "a", List.of(sample(2), sample(3), sample(4))),
            new SideResult("case", "b", List.of(sample(3), sample(4), sample(5))));
  }

  private Side side(String name, int nanosOfRoundZero) {
    return new Side() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Sample run(int round) {
        calls.add(name + round);
        return sample(nanosOfRoundZero + round);
      }
    };
  }

  private static Sample sample(long nanos) {
    return Sample.of(1, nanos);
  }
}
