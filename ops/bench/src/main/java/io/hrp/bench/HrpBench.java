package io.hrp.bench;

import io.hrp.bench.codec.CodecBench;
import io.hrp.bench.codec.CodecJmh;
import io.hrp.bench.drain.DrainBench;
import io.hrp.bench.publish.PublishBench;
import io.hrp.bench.round.BenchPlan;
import io.hrp.bench.round.BenchReport;
import io.hrp.bench.round.Benchmark;
import io.hrp.ops.command.BenchOptions;
import io.hrp.ops.command.GlobalOptions;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.exit.Failure;
import io.hrp.ops.report.Console;
import io.hrp.ops.report.LiveLines;
import io.hrp.ops.report.OutputFormat;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The process that {@code hrp bench} starts; it has checked the options already. */
@Command(name = "hrp bench")
public final class HrpBench implements Callable<Integer> {

  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final GlobalOptions global = new GlobalOptions();

  private final Console console;

  private HrpBench(Console console) {
    this.console = Objects.requireNonNull(console, "console");
  }

  public static void main(String[] args) {
    Console console = Console.ofProcess();
    HrpBench bench = new HrpBench(console);
    int status =
        new CommandLine(bench)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((thrown, command, parsed) -> bench.explain(thrown))
            .execute(args);
    System.exit(status);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (options.isJmh()) {
      boolean hasResults = CodecJmh.run(console, options.format());
      return (hasResults ? ExitCode.DONE : ExitCode.INTERNAL_FAULT).status();
    }
    LiveLines lines = new LiveLines(console, System::nanoTime);
    BenchPlan plan =
        new BenchPlan(
            options.rounds(),
            options.rows(),
            global.directory().resolve("bench"),
            text -> lines.update("bench", text));
    BenchReport report = benchmark(plan).run();
    lines.finish("bench", "done");
    print(report);
    return ExitCode.DONE.status();
  }

  private Benchmark benchmark(BenchPlan plan) {
    return switch (options.subject()) {
      case CODEC -> new CodecBench(plan);
      case DRAIN -> new DrainBench(plan);
      case PUBLISH -> new PublishBench(plan);
    };
  }

  private void print(BenchReport report) {
    console.result(options.format(), report.toJson(), report::toTable);
    if (options.format() == OutputFormat.TABLE) {
      report.notes().forEach(console::result);
      console.result(report.ratioLine());
    }
  }

  private int explain(Exception thrown) {
    Failure failure = Failure.of(thrown);
    console.notice("hrp: " + failure.line());
    if (global.isVerbose()) {
      thrown.printStackTrace(console.err());
    }
    return failure.exitCode().status();
  }
}
