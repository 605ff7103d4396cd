package io.hrp.ops.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}, for every command that talks to clusters. */
public final class ConfigOption {

  @Option(
      names = "--config",
      paramLabel = "<hrp.yaml>",
      description =
          "The configuration; default: $HRP_CONFIG, else hrp.yaml in this directory, else the"
              + " sandbox's.")
  private @Nullable Path file;

  /** The file to read; it need not exist. */
  Path file(GlobalOptions options) {
    if (file != null) {
      return file;
    }
    String fromEnvironment = System.getenv("HRP_CONFIG");
    if (fromEnvironment != null && !fromEnvironment.isBlank()) {
      return Path.of(fromEnvironment);
    }
    Path here = Path.of("hrp.yaml");
    Path sandbox = options.directory().resolve("sandbox").resolve("hrp.yaml");
    return !Files.exists(here) && Files.exists(sandbox) ? sandbox : here;
  }
}
