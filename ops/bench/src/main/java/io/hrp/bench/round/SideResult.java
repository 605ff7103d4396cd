package io.hrp.bench.round;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * All runs of one side.
 *
 * @param caseName what work it was, such as {@code put 5x20}
 * @param side which way it was done
 * @param samples the runs, in order, without the warm-up
 */
public record SideResult(String caseName, String side, List<Sample> samples) {

  public SideResult {
    Objects.requireNonNull(caseName, "caseName");
    Objects.requireNonNull(side, "side");
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("side '" + side + "' has no sample");
    }
  }

  /** Median of the rates, in rows per second. */
  public double rate() {
    return median(samples.stream().mapToDouble(Sample::rate).toArray());
  }

  /** The lowest rate of a round. */
  public double slowest() {
    return samples.stream().mapToDouble(Sample::rate).min().orElseThrow();
  }

  /** The highest rate of a round. */
  public double fastest() {
    return samples.stream().mapToDouble(Sample::rate).max().orElseThrow();
  }

  /** Median of a cost per row, in the unit of its heading; empty if it was not measured. */
  public OptionalDouble perRow(Cost cost) {
    double[] measured =
        samples.stream()
            .map(sample -> sample.perRow(cost))
            .flatMapToDouble(OptionalDouble::stream)
            .toArray();
    return measured.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(measured));
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
