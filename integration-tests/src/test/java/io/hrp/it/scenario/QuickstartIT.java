package io.hrp.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.HrpCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing a newcomer runs. */
final class QuickstartIT {
  @Test
  void theQuickStartVerifiesBothPeersAndLeavesNothingRunning(@TempDir Path directory) {
    HrpCommand.Result result =
        new HrpCommand(directory)
            .run(Duration.ofMinutes(4), "quickstart", "--exit", "--rows", "2000");

    assertThat(result.exitCode()).as(result.err()).isZero();
    List<String> lines = result.out().lines().toList();
    assertThat(lines).isNotEmpty();
    assertThat(lines.get(lines.size() - 1))
        .matches("verified rows=2000 cells=[1-9][0-9]{3,} peers=2 missing=0 extra=0 different=0");
    assertThat(commandLinesNaming(directory)).isEmpty();
  }

  /** Every server of the quick start has its directory among its arguments. */
  private static List<String> commandLinesNaming(Path directory) {
    return ProcessHandle.allProcesses()
        .map(process -> commandLine(process.pid()))
        .filter(line -> line.contains(directory.toString()))
        .toList();
  }

  /** In full; what the JDK gives of a process ends after a page. */
  private static String commandLine(long pid) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException hasEnded) {
      return "";
    }
  }
}
