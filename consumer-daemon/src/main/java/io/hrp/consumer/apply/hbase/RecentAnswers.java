package io.hrp.consumer.apply.hbase;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Asks a target about something about once at a time for those who are content with an answer that
 * is a little old. The age of an answer is counted from when its question was sent.
 *
 * <p>Safe for use by any thread. Keeps one answer for each key, so keys must be few.
 */
final class RecentAnswers<K, V> {
  /** An answer that is a failure is not kept for longer. */
  private static final long MAX_FAILURE_AGE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Function<K, CompletableFuture<V>> question;
  private final LongSupplier nanoTicker;
  private final ConcurrentMap<K, Answer<V>> answers = new ConcurrentHashMap<>();

  private record Answer<V>(long askedAtNanos, CompletableFuture<V> future) {}

  /**
   * Starts without an answer.
   *
   * @param question asks; must not block, and its futures must complete
   */
  RecentAnswers(Function<K, CompletableFuture<V>> question, LongSupplier nanoTicker) {
    this.question = requireNonNull(question, "question");
    this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker");
  }

  /** An answer to a question that was sent at most {@code maxAge} ago, or is sent now. */
  CompletableFuture<V> get(K key, Duration maxAge) {
    long now = nanoTicker.getAsLong();
    Answer<V> known = answers.get(key);
    if (known != null && isFresh(known, now, maxAge.toNanos())) {
      return known.future();
    }
    Answer<V> asked = new Answer<>(now, new CompletableFuture<>());
    // Two threads may ask at once: a question more does no harm.
    answers.put(key, asked);
    Listeners.listen(
        question.apply(key),
        (value, failure) -> {
          if (failure == null) {
            asked.future().complete(value);
          } else {
            asked.future().completeExceptionally(failure);
          }
        });
    return asked.future();
  }

  private static boolean isFresh(Answer<?> answer, long now, long maxAgeNanos) {
    long age = now - answer.askedAtNanos();
    boolean failed = answer.future().isCompletedExceptionally();
    return age <= (failed ? Math.min(maxAgeNanos, MAX_FAILURE_AGE_NANOS) : maxAgeNanos)
        && maxAgeNanos > 0;
  }
}
