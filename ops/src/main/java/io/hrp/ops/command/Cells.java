package io.hrp.ops.command;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How values are written into cells of a table. */
final class Cells {
  private Cells() {}

  static String orDash(@Nullable Object value) {
    return value == null || value.toString().isEmpty() ? "-" : value.toString();
  }

  /** One decimal, without a unit. */
  static String tenths(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.1f", value);
  }
}
