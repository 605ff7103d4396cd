package io.hrp.bench.round;

import io.hrp.ops.report.TextTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What a benchmark found.
 *
 * @param benchmark its name on the command line
 * @param results every side of every case
 * @param ratios ours over theirs, in the order in which they are shown; higher is better
 * @param notes what a reader has to know about these figures
 */
public record BenchReport(
    String benchmark, List<SideResult> results, Map<String, Double> ratios, List<String> notes) {

  /** Ten ticks of the clock by which the kernel counts processor time. */
  private static final long SHORTEST_FAIR_NANOS = 100_000_000;

  public BenchReport {
    Objects.requireNonNull(benchmark, "benchmark");
    results = List.copyOf(results);
    ratios = Collections.unmodifiableMap(new LinkedHashMap<>(ratios));
    notes = withDoubts(results, notes);
  }

  /** Too few rows give figures all the same; whoever reads them has to know what they are worth. */
  private static List<String> withDoubts(List<SideResult> results, List<String> notes) {
    List<String> all = new ArrayList<>(notes);
    results.stream()
        .flatMap(result -> result.samples().stream())
        .mapToLong(Sample::nanos)
        .min()
        .ifPresent(
            shortest -> {
              if (shortest < SHORTEST_FAIR_NANOS) {
                all.add(
                    "The shortest run took %d ms: such ratios are noise, raise --rows."
                        .formatted(shortest / 1_000_000));
              }
            });
    return List.copyOf(all);
  }

  /** One side as JSON: medians, and the range of the rates. */
  public record ShownSide(
      String caseName,
      String side,
      int rounds,
      long rows,
      double rowsPerSecond,
      double slowest,
      double fastest,
      Map<String, Double> costs) {}

  /** The whole as JSON. */
  public record Shown(
      String benchmark, List<ShownSide> sides, Map<String, Double> ratios, List<String> notes) {}

  /** What {@code --output json} prints. */
  public Shown toJson() {
    return new Shown(benchmark, results.stream().map(BenchReport::show).toList(), rounded(), notes);
  }

  /** One line per side; a column for each cost that was measured. */
  public TextTable toTable() {
    List<Cost> costs = measuredCosts();
    List<String> headings =
        new ArrayList<>(List.of("CASE", "SIDE", "ROWS/S", "SLOWEST", "FASTEST"));
    costs.forEach(cost -> headings.add(cost.heading()));
    TextTable table = TextTable.of(headings.toArray(String[]::new));
    for (SideResult result : results) {
      List<Object> cells = new ArrayList<>(List.of(result.caseName(), result.side()));
      cells.add(whole(result.rate()));
      cells.add(whole(result.slowest()));
      cells.add(whole(result.fastest()));
      costs.forEach(cost -> cells.add(cell(result.perRow(cost))));
      table.row(cells.toArray());
    }
    return table;
  }

  /** The last line of the plain output: {@code ratios <name>=<ratio> ...}. */
  public String ratioLine() {
    return rounded().entrySet().stream()
        .map(ratio -> String.format(Locale.ROOT, "%s=%.2f", ratio.getKey(), ratio.getValue()))
        .collect(Collectors.joining(" ", "ratios ", ""));
  }

  private Map<String, Double> rounded() {
    Map<String, Double> rounded = new LinkedHashMap<>();
    // Down, so that a goal just missed does not look reached.
    ratios.forEach((name, ratio) -> rounded.put(name, Math.floor(ratio * 100) / 100));
    return rounded;
  }

  private List<Cost> measuredCosts() {
    return EnumSet.allOf(Cost.class).stream()
        .filter(cost -> results.stream().anyMatch(result -> result.perRow(cost).isPresent()))
        .toList();
  }

  private static ShownSide show(SideResult result) {
    Map<String, Double> costs = new LinkedHashMap<>();
    for (Cost cost : Cost.values()) {
      result.perRow(cost).ifPresent(amount -> costs.put(cost.heading(), amount));
    }
    return new ShownSide(
        result.caseName(),
        result.side(),
        result.samples().size(),
        result.samples().get(0).rows(),
        result.rate(),
        result.slowest(),
        result.fastest(),
        costs);
  }

  private static String whole(double rate) {
    return String.format(Locale.ROOT, "%,.0f", rate);
  }

  private static String cell(OptionalDouble cost) {
    return cost.isPresent() ? String.format(Locale.ROOT, "%.2f", cost.getAsDouble()) : "-";
  }
}
