package io.hrp.bench.codec;

import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link CodecBenchmark}; JMH writes its own report to standard output. */
public final class CodecJmh {

  private CodecJmh() {}

  /** Runs all cases, bytes allocated included; whether JMH has results. */
  public static boolean run() {
    try {
      Collection<RunResult> results =
          new Runner(
                  new OptionsBuilder()
                      .include(CodecBenchmark.class.getName())
                      .addProfiler(GCProfiler.class)
                      .build())
              .run();
      return !results.isEmpty();
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH could not run: " + e.getMessage(), e);
    }
  }
}
