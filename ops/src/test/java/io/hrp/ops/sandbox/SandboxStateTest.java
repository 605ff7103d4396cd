package io.hrp.ops.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SandboxStateTest {

  private final Path directory;

  SandboxStateTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void readsBackWhatItWrote() {
    SandboxState state =
        new SandboxState(
            42,
            1_700_000_000_000L,
            "127.0.0.1:9092",
            List.of(
                new SandboxState.Server(
                    "kafka", 43, 1_700_000_000_500L, "127.0.0.1:9092", "/logs/kafka.log")));

    state.write(new SandboxFiles(directory));

    assertThat(SandboxState.read(directory)).contains(state);
  }

  @Test
  void saysNothingWhereNothingIsWritten() {
    assertThat(SandboxState.read(directory)).isEmpty();
  }

  @Test
  void takesAFileCutShortForNoState() throws Exception {
    Files.writeString(directory.resolve("state.json"), "{\"ownerPid\": 4");

    assertThat(SandboxState.read(directory)).isEmpty();
  }

  @Test
  void doesNotTakeAProcessIdUsedAgainForItsServer() {
    long pid = ProcessHandle.current().pid();

    assertThat(new SandboxState.Server("kafka", pid, 1, "", "").isAlive()).isFalse();
    assertThat(
            new SandboxState.Server(
                    "kafka",
                    pid,
                    ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli(),
                    "",
                    "")
                .isAlive())
        .isTrue();
  }
}
