package io.hrp.ops.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options every command takes. */
public final class GlobalOptions {

  @Option(
      names = "--dir",
      paramLabel = "<directory>",
      scope = ScopeType.INHERIT,
      description =
          "Where HRP keeps what it writes; default: $HRP_DIR, else .hrp beside the hrp script.")
  private @Nullable Path directory;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show where a failure came from (default: false).")
  private boolean verbose;

  /** Where HRP keeps what it writes. */
  public Path directory() {
    if (directory != null) {
      return directory.toAbsolutePath().normalize();
    }
    String fromEnvironment = System.getenv("HRP_DIR");
    if (fromEnvironment != null && !fromEnvironment.isBlank()) {
      return Path.of(fromEnvironment).toAbsolutePath().normalize();
    }
    return Path.of(System.getProperty("hrp.home", "")).toAbsolutePath().normalize().resolve(".hrp");
  }

  /** Whether stack traces are shown. */
  public boolean isVerbose() {
    return verbose;
  }
}
