package io.hrp.ops.command;

import io.hrp.ops.report.OutputFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to measure and how long; read by {@code hrp bench} and by the process it starts. */
public final class BenchOptions {

  /** Medians of fewer say little on a machine that does other things too. */
  private static final int FEWEST_ROUNDS = 5;

  private static final int MOST_ROWS = 100_000_000;

  /** What can be measured. */
  public enum Subject {
    /** Mutations to bytes and back, against HBase's own messages. */
    CODEC(4_000_000),
    /** The producer library, against a bare Kafka producer. */
    PUBLISH(1_000_000),
    /** Draining a backlog into one peer, against three other ways of doing it. */
    DRAIN(500_000);

    /** So that a run takes a second and more: what is shorter drowns in the noise. */
    private final int defaultRows;

    Subject(int defaultRows) {
      this.defaultRows = defaultRows;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "<benchmark>",
      description = "What to measure: ${COMPLETION-CANDIDATES}.")
  private Subject subject = Subject.CODEC;

  @Option(
      names = "--rounds",
      paramLabel = "<count>",
      defaultValue = "5",
      description = "How often each side runs, at least 5; medians are shown (default: 5).")
  private int rounds = FEWEST_ROUNDS;

  @Option(
      names = "--rows",
      paramLabel = "<count>",
      description =
          "Mutations per side and round, for codec at least, for publish at most (default: 4000000"
              + " for codec, 1000000 for publish, 500000 for drain).")
  private @Nullable Integer rows;

  @Option(
      names = "--jmh",
      description =
          "Run the codec's JMH benchmarks instead, which take longer and heed neither --rounds nor"
              + " --rows (default: false).")
  private boolean jmh;

  @Mixin private final OutputOption output = new OutputOption();

  public Subject subject() {
    return subject;
  }

  public int rounds() {
    return rounds;
  }

  public int rows() {
    return rows == null ? subject.defaultRows : rows;
  }

  /** Whether JMH is to measure. */
  public boolean isJmh() {
    return jmh;
  }

  public OutputFormat format() {
    return output.format();
  }

  /** What makes these options unusable, if anything does. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (rounds < FEWEST_ROUNDS || rounds > 1000) {
      faults.add("--rounds must be " + FEWEST_ROUNDS + " to 1000, not " + rounds);
    }
    if (rows() < 1000 || rows() > MOST_ROWS) {
      faults.add("--rows must be 1000 to " + MOST_ROWS + ", not " + rows());
    }
    if (jmh && subject != Subject.CODEC) {
      faults.add("--jmh goes with 'codec' alone");
    }
    return faults;
  }

  /** The same options as arguments of the process that measures. */
  List<String> toArguments(Path directory) {
    Objects.requireNonNull(directory, "directory");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                subject.toString(),
                "--rounds=" + rounds,
                "--rows=" + rows(),
                "--output=" + output.format(),
                "--dir=" + directory));
    if (jmh) {
      arguments.add("--jmh");
    }
    return arguments;
  }
}
