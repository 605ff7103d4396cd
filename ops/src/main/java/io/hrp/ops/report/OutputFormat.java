package io.hrp.ops.report;

import java.util.Locale;

/** How a command shows its result. */
public enum OutputFormat {
  /** Aligned columns, for people. */
  TABLE,
  /** One JSON document, for programs. */
  JSON;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
