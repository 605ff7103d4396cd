package io.hrp.ops.command;

import io.hrp.ops.report.OutputFormat;
import picocli.CommandLine.Option;

/** {@code --output}, for every command with a result. */
public final class OutputOption {

  @Option(
      names = "--output",
      paramLabel = "table|json",
      defaultValue = "table",
      description = "How to show the result (default: table).")
  private OutputFormat format = OutputFormat.TABLE;

  /** How to show the result. */
  public OutputFormat format() {
    return format;
  }
}
