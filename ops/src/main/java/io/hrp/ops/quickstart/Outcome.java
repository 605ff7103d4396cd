package io.hrp.ops.quickstart;

import io.hrp.ops.verify.Comparison;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * How the peers compare with what was published.
 *
 * @param rows rows published
 * @param cells raw cells that every peer has to hold
 * @param comparisons by peer
 */
public record Outcome(long rows, long cells, Map<String, Comparison> comparisons) {

  public Outcome {
    comparisons = Map.copyOf(comparisons);
  }

  /** Whether every peer holds exactly what was published. */
  public boolean isEqual() {
    return comparisons.values().stream().allMatch(Comparison::isEqual);
  }

  /** The last line of the quick start, for people and scripts. */
  public String line() {
    return "verified rows=%d cells=%d peers=%d missing=%d extra=%d different=%d"
        .formatted(
            rows,
            cells,
            comparisons.size(),
            sum(Comparison::missing),
            sum(Comparison::extra),
            sum(Comparison::different));
  }

  private long sum(ToLongFunction<Comparison> count) {
    return comparisons.values().stream().mapToLong(count).sum();
  }
}
