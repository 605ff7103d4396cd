package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.it.env.HrpCommand;
import io.hrp.it.env.HrpCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full disk under {@code .hrp/} gets one clear line, before a start and in the middle of it. */
final class FullDiskIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  /** A little more than a start asks for. */
  private static final int ROOM_TO_START_MB = 600;

  private final Path directory;

  FullDiskIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sandbox up", "quickstart --exit --rows 100"})
  void aDiskThatIsFullBeforehandIsToldInOneLine(String line) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 8)) {
      Result result = hrp(disk, line.split(" "));

      requireToldInOneLine(result, disk);
    }
  }

  @Test
  @Tag("long")
  void aDiskThatFillsUpDuringTheQuickStartEndsIt() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), ROOM_TO_START_MB)) {
      CompletableFuture<Result> running =
          CompletableFuture.supplyAsync(() -> hrp(disk, "quickstart", "--exit"));
      Path daemon = disk.root().resolve("quickstart").resolve("logs").resolve("daemon.log");
      await().atMost(TIMEOUT).until(() -> Files.exists(daemon) || running.isDone());

      disk.fill();

      requireToldInOneLine(running.get(), disk);
    }
  }

  @Test
  @Tag("long")
  void aDiskThatFillsUpUnderARunningSandboxIsToldByEveryCommand() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), ROOM_TO_START_MB)) {
      try {
        Result up =
            hrp(disk, "sandbox", "up", "--clusters=solo", "--kafka-heap=256m", "--hbase-heap=512m");
        assertThat(up.exitCode()).as(up.err()).isZero();
        String config = disk.root().resolve("sandbox").resolve("hrp.yaml").toString();

        disk.fill();
        Result create = hrp(disk, "topic", "create", "orders", "--config", config);

        assertThat(create.exitCode()).as(create.err()).isEqualTo(4);
        assertThat(toldBy(create)).hasSize(1);
        await()
            .atMost(TIMEOUT)
            .untilAsserted(
                () -> assertThat(hrp(disk, "sandbox", "status").exitCode()).isEqualTo(5));
        Result status = hrp(disk, "sandbox", "status");
        assertThat(toldBy(status)).hasSize(1);
        assertThat(status.err()).contains("kafka died").contains("is full: make room");
        assertThat(hrp(disk, "status", "--config", config).exitCode()).isEqualTo(4);
      } finally {
        assertThat(hrp(disk, "sandbox", "down").exitCode()).isZero();
      }
    }
  }

  /** Its output goes beside the disk, which may have no room for it. */
  private Result hrp(SmallDisk disk, String... arguments) {
    return new HrpCommand(disk.root(), directory.resolve("output")).run(TIMEOUT, arguments);
  }

  private static void requireToldInOneLine(Result result, SmallDisk disk) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(7);
    assertThat(result.err()).doesNotContain("\tat ");
    assertThat(toldBy(result))
        .singleElement()
        .asString()
        .contains(disk.root().toString())
        .contains("make room");
  }

  private static List<String> toldBy(Result result) {
    return result.err().lines().filter(line -> line.startsWith("hrp: ")).toList();
  }
}
