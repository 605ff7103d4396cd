package io.hrp.bench.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchDirectoryTest {

  /** Above what Linux gives out, so that no process has it. */
  private static final String NOBODY = "999999999";

  @Test
  void deletesWhatDeadProcessesLeftAndNothingElse(@TempDir Path parent) throws IOException {
    Files.createDirectories(parent.resolve("drain-" + NOBODY).resolve("data"));
    Files.createDirectories(parent.resolve("drain-" + ProcessHandle.current().pid()));
    Files.createDirectories(parent.resolve("notes"));

    BenchDirectory directory = BenchDirectory.create(parent, "publish");

    assertThat(parent)
        .isDirectoryNotContaining(
            path -> path.endsWith("drain-" + NOBODY) || path.endsWith(directory.path()))
        .isDirectoryContaining(path -> path.endsWith("notes"))
        .isDirectoryContaining(path -> path.endsWith("drain-" + ProcessHandle.current().pid()));
  }
}
