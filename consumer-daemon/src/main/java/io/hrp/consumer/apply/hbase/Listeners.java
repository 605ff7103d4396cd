package io.hrp.consumer.apply.hbase;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Hears of a future's completion where nothing further depends on the hearing. */
final class Listeners {
  private Listeners() {}

  /**
   * Calls the listener once, with the value or the failure.
   *
   * @param listener must not throw: nobody would know
   */
  @SuppressWarnings("FutureReturnValueIgnored") // it would only repeat what the listener was told
  static <T> void listen(CompletableFuture<T> future, BiConsumer<? super T, Throwable> listener) {
    future.whenComplete(listener);
  }
}
