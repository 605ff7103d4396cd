package io.hrp.ops.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class FailureTest {

  @Test
  void keepsTheCodeACommandGave() {
    Failure failure = Failure.of(new CommandException(ExitCode.REFUSED, "no:\n  not now"));

    assertThat(failure).isEqualTo(new Failure(ExitCode.REFUSED, "no: not now"));
  }

  @Test
  void callsWhatNobodyExpectedAnInternalFault() {
    Failure failure = Failure.of(new IllegalStateException("odd"));

    assertThat(failure)
        .isEqualTo(
            new Failure(
                ExitCode.INTERNAL_FAULT,
                "internal fault: IllegalStateException: odd (--verbose shows where)"));
  }

  @Test
  void numbersTheCodesAsDocumented() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::status))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 130, 143);
  }
}
