package io.hrp.bench.round;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One run of one side.
 *
 * @param rows how many mutations went through
 * @param nanos how long it took
 * @param costs what else it took, in nanoseconds of processor time or bytes; may hold only some
 */
public record Sample(long rows, long nanos, Map<Cost, Long> costs) {

  public Sample {
    if (rows <= 0 || nanos <= 0) {
      throw new IllegalArgumentException(
          "nothing was measured: " + rows + " rows in " + nanos + " ns");
    }
    costs = Map.copyOf(costs);
  }

  /** A run of which only the time is known. */
  public static Sample of(long rows, long nanos) {
    return new Sample(rows, nanos, Map.of());
  }

  /** The same with one more cost, in nanoseconds of processor time or bytes. */
  public Sample with(Cost cost, long amount) {
    Map<Cost, Long> more = new EnumMap<>(Cost.class);
    more.putAll(costs);
    more.put(cost, amount);
    return new Sample(rows, nanos, more);
  }

  /** Rows per second. */
  public double rate() {
    return rows * 1e9 / nanos;
  }

  /** A cost per row in the unit of its heading; empty if it was not measured. */
  public OptionalDouble perRow(Cost cost) {
    Long amount = costs.get(cost);
    return amount == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(amount * cost.scale() / rows);
  }
}
