package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.HrpCommand;
import io.hrp.it.env.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The commands by which an operator steers the servers of these tests. */
final class Steering {
  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  private final Scene scene;

  Steering(Scene scene) {
    this.scene = scene;
  }

  /** Runs {@code hrp} with these arguments and a configuration that holds the test's peers. */
  HrpCommand.Result run(String... arguments) {
    Path directory = scene.servers().sandbox().directory().resolve("cli");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--config=" + writeConfig(directory));
    return new HrpCommand(directory).run(TIMEOUT, all.toArray(String[]::new));
  }

  /** The same for a command that has to do as it is asked. */
  void succeed(String... arguments) {
    HrpCommand.Result result = run(arguments);
    assertThat(result.exitCode())
        .as("%s: %s %s", List.of(arguments), result.out(), result.err())
        .isZero();
  }

  private Path writeConfig(Path directory) {
    StringBuilder yaml = new StringBuilder("kafka:\n  bootstrap-servers: ");
    yaml.append(scene.broker().bootstrapServers()).append("\n  topic-replication: 1\npeers:\n");
    scene
        .bothPeers()
        .forEach(
            peer -> {
              yaml.append("  ").append(peer.name()).append(":\n    hbase:\n");
              peer.cluster()
                  .clientSettings()
                  .forEach((key, value) -> yaml.append("      %s: \"%s\"\n".formatted(key, value)));
            });
    try {
      Files.createDirectories(directory);
      return Files.writeString(directory.resolve("hrp.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
