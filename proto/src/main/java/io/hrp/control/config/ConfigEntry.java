package io.hrp.control.config;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What stands at one key: a scalar (a list of one) or a list of scalars, and where. Immutable. */
final class ConfigEntry {
  /** The line of entries that come from no file. */
  static final int NO_LINE = 0;

  private final List<String> values;
  private final boolean list;
  private final int line;

  private ConfigEntry(List<String> values, boolean list, int line) {
    this.values = List.copyOf(values);
    this.list = list;
    this.line = line;
  }

  static ConfigEntry scalar(String text, int line) {
    return new ConfigEntry(List.of(requireNonNull(text, "text")), false, line);
  }

  static ConfigEntry list(List<String> values, int line) {
    return new ConfigEntry(values, true, line);
  }

  boolean isList() {
    return list;
  }

  List<String> values() {
    return values;
  }

  /** The scalar, or the list joined by commas as Kafka and HBase write lists. */
  String text() {
    return String.join(",", values);
  }

  /** {@code " (line 7)"}, or nothing. */
  String where() {
    return line == NO_LINE ? "" : " (line " + line + ")";
  }
}
