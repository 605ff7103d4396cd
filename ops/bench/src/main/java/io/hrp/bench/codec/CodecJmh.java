package io.hrp.bench.codec;

import io.hrp.ops.report.Console;
import io.hrp.ops.report.OutputFormat;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link CodecBenchmark} with JMH, which prints by itself where people read. */
public final class CodecJmh {

  /** What JMH's profiler calls the bytes allocated by one call. */
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private CodecJmh() {}

  /**
   * One benchmark as JSON.
   *
   * @param benchmark {@code encode} or {@code decode}
   * @param parameters case and format, by their names in {@link CodecBenchmark}
   * @param score time of one call
   * @param error half the width of JMH's 99.9 % interval; absent if it cannot tell
   * @param unit of score and error
   * @param allocatedBytes allocated by one call; absent if not measured
   */
  public record Shown(
      String benchmark,
      Map<String, String> parameters,
      double score,
      @Nullable Double error,
      String unit,
      @Nullable Double allocatedBytes) {}

  /** Runs all cases, bytes allocated included; whether JMH has results. */
  public static boolean run(Console console, OutputFormat format) {
    boolean json = format == OutputFormat.JSON;
    Options options =
        new OptionsBuilder()
            .include(CodecBenchmark.class.getName())
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(json ? VerboseMode.SILENT : VerboseMode.NORMAL)
            .build();
    Collection<RunResult> results;
    try {
      results = new Runner(options).run();
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH could not run: " + e.getMessage(), e);
    }
    if (json) {
      List<Shown> shown = results.stream().map(CodecJmh::show).toList();
      console.json(shown);
    }
    return !results.isEmpty();
  }

  private static Shown show(RunResult result) {
    BenchmarkParams params = result.getParams();
    Map<String, String> parameters = new TreeMap<>();
    params.getParamsKeys().forEach(key -> parameters.put(key, params.getParam(key)));
    Result<?> primary = result.getPrimaryResult();
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    return new Shown(
        primary.getLabel(),
        parameters,
        primary.getScore(),
        Double.isNaN(primary.getScoreError()) ? null : primary.getScoreError(),
        primary.getScoreUnit(),
        allocated == null ? null : allocated.getScore());
  }
}
