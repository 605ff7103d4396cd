package io.hrp.bench.round;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Runs sides in turn, so that whatever disturbs the machine for a while disturbs them all. Each
 * round begins with another side, because a side may profit or suffer from the one before it.
 */
public final class Rounds {

  private final int count;
  private final Consumer<String> progress;

  /**
   * @param count how many rounds are measured; one more goes before them and is dropped
   * @param progress is told in a few words what is going on
   */
  public Rounds(int count, Consumer<String> progress) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one round is needed, not " + count);
    }
    this.count = count;
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  /** Runs all rounds; the results stand in the order of the sides. */
  public List<SideResult> run(String caseName, List<? extends Side> sides)
      throws InterruptedException {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    sides.forEach(side -> samples.put(side.name(), new ArrayList<>()));
    for (int round = 0; round <= count; round++) {
      for (int i = 0; i < sides.size(); i++) {
        Side side = sides.get((i + round) % sides.size());
        progress.accept(describe(caseName, round, side));
        Sample sample = side.run(round);
        if (round > 0) {
          Objects.requireNonNull(samples.get(side.name()), "samples").add(sample);
        }
      }
    }
    return samples.entrySet().stream()
        .map(entry -> new SideResult(caseName, entry.getKey(), entry.getValue()))
        .toList();
  }

  private String describe(String caseName, int round, Side side) {
    String which = round == 0 ? "warm-up" : "round " + round + " of " + count;
    return caseName + ", " + which + ": " + side.name();
  }
}
