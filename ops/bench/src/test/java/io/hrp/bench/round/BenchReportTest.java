package io.hrp.bench.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BenchReportTest {

  @Test
  void showsMediansTheirRangeAndCostsPerRow() {
    SideResult ours =
        new SideResult(
            "put",
            "hrp",
            List.of(
                Sample.of(1000, 1_000_000_000).with(Cost.CPU, 2_000_000),
                Sample.of(1000, 500_000_000).with(Cost.CPU, 4_000_000),
                Sample.of(1000, 2_000_000_000).with(Cost.CPU, 3_000_000)));
    SideResult theirs = new SideResult("put", "bare", List.of(Sample.of(10, 1_000_000)));

    assertThat(report(Map.of(), ours, theirs).toTable().lines())
        .containsExactly(
            "CASE  SIDE  ROWS/S  SLOWEST  FASTEST  CPU us/row",
            "put   hrp   1,000   500      2,000    3.00",
            "put   bare  10,000  10,000   10,000   -");
  }

  @Test
  void endsWithTheRatiosRoundedDown() {
    Map<String, Double> ratios = new LinkedHashMap<>();
    ratios.put("loop", 0.8999);
    ratios.put("putall", 1.2);

    assertThat(report(ratios).ratioLine()).isEqualTo("ratios loop=0.89 putall=1.20");
  }

  @Test
  void doubtsRatiosOfRunsThatAreTooShort() {
    SideResult fair = new SideResult("put", "hrp", List.of(Sample.of(10, 100_000_000)));
    SideResult tooShort = new SideResult("put", "bare", List.of(Sample.of(10, 99_000_000)));

    assertThat(report(Map.of(), fair).notes()).isEmpty();
    assertThat(report(Map.of(), fair, tooShort).toJson().notes())
        .containsExactly("The shortest run took 99 ms: such ratios are noise, raise --rows.");
  }

  @Test
  void takesTheMeanOfTheTwoMiddleOnesAsTheMedianOfAnEvenCount() {
    assertThat(SideResult.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
  }

  private static BenchReport report(Map<String, Double> ratios, SideResult... results) {
    return new BenchReport("codec", List.of(results), ratios, List.of());
  }
}
