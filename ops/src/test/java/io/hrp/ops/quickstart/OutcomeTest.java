package io.hrp.ops.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.ops.verify.Comparison;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
  private static final Comparison EQUAL = comparison(0, 0, 0);

  private static Comparison comparison(long missing, long extra, long different) {
    return new Comparison(7, 40, missing, extra, different, List.of());
  }

  private static Outcome outcome(Comparison east, Comparison west) {
    return new Outcome(7, 40, Map.of("east", east, "west", west));
  }

  @Test
  void isEqualWhenNoPeerDiffers() {
    Outcome outcome = outcome(EQUAL, EQUAL);

    assertThat(outcome.isEqual()).isTrue();
    assertThat(outcome.line())
        .isEqualTo("verified rows=7 cells=40 peers=2 missing=0 extra=0 different=0");
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0", "0, 1, 0", "0, 0, 1"})
  void oneCellOnOnePeerIsEnoughToDiffer(long missing, long extra, long different) {
    Comparison off = comparison(missing, extra, different);

    assertThat(outcome(off, EQUAL).isEqual()).isFalse();
    assertThat(outcome(EQUAL, off).isEqual()).isFalse();
  }

  @Test
  void addsUpTheDifferencesOfAllPeersAndCountsTheInputOnce() {
    assertThat(outcome(comparison(1, 2, 3), comparison(10, 20, 30)).line())
        .isEqualTo("verified rows=7 cells=40 peers=2 missing=11 extra=22 different=33");
  }
}
