package io.hrp.control.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How the text of a key becomes a value, and what text is right. Immutable. */
final class ConfigType<T> {
  private final String name;
  private final String range;
  private final T placeholder;
  private final Function<ConfigEntry, Optional<T>> parser;
  private final Function<T, String> printer;

  private ConfigType(
      String name,
      String range,
      T placeholder,
      Function<ConfigEntry, Optional<T>> parser,
      Function<T, String> printer) {
    this.name = requireNonNull(name, "name");
    this.range = requireNonNull(range, "range");
    this.placeholder = requireNonNull(placeholder, "placeholder");
    this.parser = requireNonNull(parser, "parser");
    this.printer = requireNonNull(printer, "printer");
  }

  private static <T> ConfigType<T> scalar(
      String name, String range, T placeholder, Function<String, Optional<T>> parser) {
    return new ConfigType<>(
        name,
        range,
        placeholder,
        entry -> entry.isList() ? Optional.empty() : parser.apply(entry.text()),
        String::valueOf);
  }

  static ConfigType<String> text() {
    return scalar("text", "not empty", "", text -> Optional.of(text).filter(t -> !t.isBlank()));
  }

  static ConfigType<Boolean> flag() {
    return scalar(
        "boolean",
        "true or false",
        false,
        text ->
            text.equals("true") || text.equals("false")
                ? Optional.of(Boolean.valueOf(text))
                : Optional.empty());
  }

  static ConfigType<Long> number(long min, long max) {
    return scalar("whole number", span(min, max), min, text -> parseLong(text, min, max));
  }

  static ConfigType<Integer> count(int min, int max) {
    return scalar(
        "whole number", span(min, max), min, text -> parseLong(text, min, max).map(Long::intValue));
  }

  static ConfigType<Double> ratio(double min, double max) {
    return scalar("number", min + " to " + max, min, text -> parseDouble(text, min, max));
  }

  static ConfigType<Duration> millis(long min, long max) {
    return new ConfigType<>(
        "milliseconds",
        span(min, max),
        Duration.ofMillis(min),
        entry ->
            entry.isList()
                ? Optional.empty()
                : parseLong(entry.text(), min, max).map(Duration::ofMillis),
        value -> Long.toString(value.toMillis()));
  }

  static ConfigType<List<String>> list() {
    return new ConfigType<>(
        "list of text",
        "at least one",
        List.of(),
        entry -> Optional.of(entry.values()).filter(v -> !v.isEmpty()),
        value -> String.join(",", value));
  }

  static <E extends Enum<E>> ConfigType<E> choice(Class<E> type) {
    List<E> all = Arrays.asList(type.getEnumConstants());
    StringBuilder names = new StringBuilder();
    for (E each : all) {
      names.append(names.length() == 0 ? "" : ", ").append(kebab(each));
    }
    return new ConfigType<>(
        "choice",
        "one of " + names,
        all.get(0),
        entry -> all.stream().filter(e -> kebab(e).equals(entry.text())).findFirst(),
        ConfigType::kebab);
  }

  private static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String span(long min, long max) {
    return max == Long.MAX_VALUE || max == Integer.MAX_VALUE
        ? min + " or more"
        : min + " to " + max;
  }

  private static Optional<Long> parseLong(String text, long min, long max) {
    try {
      long value = Long.parseLong(text);
      return value >= min && value <= max ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> parseDouble(String text, double min, double max) {
    try {
      double value = Double.parseDouble(text);
      return value >= min && value <= max ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  String name() {
    return name;
  }

  String range() {
    return range;
  }

  /** What a reader gets for a faulty value, so that reading can go on to the next fault. */
  T placeholder() {
    return placeholder;
  }

  /** Empty if the entry is not of this type or out of range. */
  Optional<T> parse(ConfigEntry entry) {
    return parser.apply(entry);
  }

  String print(T value) {
    return printer.apply(value);
  }
}
