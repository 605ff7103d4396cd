package io.hrp.consumer.apply.hbase;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RecentAnswersTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final List<CompletableFuture<Integer>> asked = new ArrayList<>();
  private final RecentAnswers<String, Integer> answers =
      new RecentAnswers<>(
          key -> {
            asked.add(new CompletableFuture<>());
            return asked.get(asked.size() - 1);
          },
          nanos::get);

  @Test
  void asksOnceForThoseWhoComeTogether() {
    CompletableFuture<Integer> first = answers.get("a", Duration.ofSeconds(10));
    CompletableFuture<Integer> second = answers.get("a", Duration.ofSeconds(10));
    asked.get(0).complete(7);

    assertThat(asked).hasSize(1);
    assertThat(first).isCompletedWithValue(7);
    assertThat(second).isCompletedWithValue(7);
  }

  @Test
  void asksAgainOnceAnAnswerIsTooOld() {
    ask("a", Duration.ofSeconds(10));
    asked.get(0).complete(7);
    advance(Duration.ofSeconds(11));

    ask("a", Duration.ofSeconds(10));

    assertThat(asked).hasSize(2);
  }

  @Test
  void alwaysAsksForThoseWhoWantANewAnswer() {
    ask("a", Duration.ZERO);
    ask("a", Duration.ZERO);

    assertThat(asked).hasSize(2);
  }

  @Test
  void keepsAFailureForASecondAtMost() {
    ask("a", Duration.ofSeconds(10));
    asked.get(0).completeExceptionally(new IllegalStateException("told to"));

    assertThat(answers.get("a", Duration.ofSeconds(10))).isCompletedExceptionally();
    assertThat(asked).hasSize(1);
    advance(Duration.ofSeconds(2));
    ask("a", Duration.ofSeconds(10));

    assertThat(asked).hasSize(2);
  }

  @Test
  void keepsKeysApart() {
    ask("a", Duration.ofSeconds(10));
    ask("b", Duration.ofSeconds(10));

    assertThat(asked).hasSize(2);
  }

  @CanIgnoreReturnValue
  private CompletableFuture<Integer> ask(String key, Duration maxAge) {
    return answers.get(key, maxAge);
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
