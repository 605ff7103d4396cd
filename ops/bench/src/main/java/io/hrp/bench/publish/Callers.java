package io.hrp.bench.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** The threads that publish, which stay alive between rounds. Used by one thread. */
final class Callers implements AutoCloseable {

  private final int threads;
  private final ExecutorService executor;

  Callers(int threads) {
    this.threads = threads;
    this.executor = Executors.newFixedThreadPool(threads);
  }

  /** Has every thread do its share: each number from 0 to {@code count} - 1 once, in all. */
  void share(int count, IntConsumer work) throws InterruptedException {
    List<Future<?>> shares = new ArrayList<>();
    int each = count / threads;
    for (int thread = 0; thread < threads; thread++) {
      int begin = thread * each;
      int end = thread == threads - 1 ? count : begin + each;
      shares.add(
          executor.submit(
              () -> {
                for (int i = begin; i < end; i++) {
                  work.accept(i);
                }
              }));
    }
    for (Future<?> share : shares) {
      try {
        share.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a caller failed: " + e.getCause(), e);
      }
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
