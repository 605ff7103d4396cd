package io.hrp.ops.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProgressBarTest {

  @Test
  void showsShareCountsAndPace() {
    assertThat(ProgressBar.of(71_962, 143_924, 12_345.6))
        .isEqualTo("[############............]  50%  71,962 of 143,924  12,346/s");
  }

  @Test
  void isFullAtTheEnd() {
    assertThat(ProgressBar.of(3, 3, 0)).isEqualTo("[########################] 100%  3 of 3  0/s");
  }
}
