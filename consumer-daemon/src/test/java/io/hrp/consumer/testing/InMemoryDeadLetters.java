package io.hrp.consumer.testing;

import io.hrp.consumer.deadletter.DeadLetter;
import io.hrp.consumer.deadletter.DeadLetterSink;
import io.hrp.consumer.deadletter.DeadLetterTooLargeException;
import io.hrp.consumer.deadletter.DeadLetterUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A dead-letter topic in memory. Safe for use by any thread. */
public final class InMemoryDeadLetters implements DeadLetterSink {
  /** How it answers. */
  public enum Mood {
    TAKES,
    UNAVAILABLE,
    TOO_LARGE
  }

  private final List<DeadLetter> letters = new ArrayList<>();
  private Mood mood = Mood.TAKES;

  public synchronized void set(Mood newMood) {
    mood = newMood;
  }

  /** What was acknowledged, in order. */
  public synchronized List<DeadLetter> letters() {
    return List.copyOf(letters);
  }

  @Override
  public synchronized CompletableFuture<Void> send(DeadLetter letter) {
    switch (mood) {
      case TAKES -> letters.add(letter);
      case UNAVAILABLE -> {
        return CompletableFuture.failedFuture(
            new DeadLetterUnavailableException("dlq", letter.source(), "told so", null));
      }
      case TOO_LARGE -> {
        return CompletableFuture.failedFuture(
            new DeadLetterTooLargeException("dlq", letter.source(), null));
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close(Duration deadline) {
    set(Mood.UNAVAILABLE);
  }
}
