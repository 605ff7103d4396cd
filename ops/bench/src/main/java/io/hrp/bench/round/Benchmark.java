package io.hrp.bench.round;

/** One benchmark, ready to run. */
@FunctionalInterface
public interface Benchmark {

  /** Runs all its rounds; servers it starts are gone when it returns. */
  BenchReport run() throws InterruptedException;
}
