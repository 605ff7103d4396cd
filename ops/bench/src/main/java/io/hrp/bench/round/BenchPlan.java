package io.hrp.bench.round;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a benchmark is asked for.
 *
 * @param rounds how often each side is measured
 * @param rows mutations per side and round
 * @param directory where servers may keep their files; emptied before they start
 * @param progress is told in a few words what is going on
 */
public record BenchPlan(int rounds, int rows, Path directory, Consumer<String> progress) {
  public BenchPlan {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(progress, "progress");
  }

  /** Rounds as they are asked for. */
  public Rounds toRounds() {
    return new Rounds(rounds, progress);
  }
}
