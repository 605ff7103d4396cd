package io.hrp.it.arch;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.consumer.ExitStatus;
import io.hrp.ops.exit.ExitCode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Whoever starts HRP's programs reads their exit codes from one table. */
final class ExitCodesTest {
  @Test
  void theDaemonAndTheCommandLineEndWithTheSameCodes() {
    assertThat(Arrays.stream(ExitStatus.values()).collect(toMap(Enum::name, ExitStatus::code)))
        .isEqualTo(Arrays.stream(ExitCode.values()).collect(toMap(Enum::name, ExitCode::status)));
  }
}
