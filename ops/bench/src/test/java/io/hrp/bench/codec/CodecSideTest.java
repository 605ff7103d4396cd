package io.hrp.bench.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.bench.round.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CodecSideTest {

  @Test
  void goesOnUntilThereIsProcessorTimeToMeasureHoweverFewRowsAreAsked() {
    CodecSide<Integer> side = new CodecSide<>("side", List.of(1, 2, 3), Integer::toBinaryString, 1);

    Sample sample = side.run(1);

    assertThat(sample.nanos()).isGreaterThanOrEqualTo(200_000_000);
    assertThat(sample.rows()).isGreaterThan(1);
  }
}
