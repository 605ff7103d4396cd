package io.hrp.control.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes one configuration key: name, type, range, default, help, tier, and whether its value is
 * a secret. The reference page is generated from these. Immutable; the {@code with…} methods return
 * a changed copy.
 */
public final class ConfigKey<T> {
  /** How much a reader needs to know of the key. */
  public enum Tier {
    /** Has no default: the program does not start without it. */
    REQUIRED,
    /** Often set. */
    COMMON,
    /** Right as it is, save in odd places. */
    RARE
  }

  private final String name;
  private final ConfigType<T> type;
  private final @Nullable T defaultValue;
  private final Tier tier;
  private final boolean secret;
  private final String help;

  private ConfigKey(
      String name,
      ConfigType<T> type,
      @Nullable T defaultValue,
      Tier tier,
      boolean secret,
      String help) {
    this.name = requireNonNull(name, "name");
    this.type = type;
    this.defaultValue = defaultValue;
    this.tier = tier;
    this.secret = secret;
    this.help = requireNonNull(help, "help");
  }

  private static <T> ConfigKey<T> of(String name, ConfigType<T> type, String help) {
    return new ConfigKey<>(name, type, null, Tier.COMMON, false, help);
  }

  public static ConfigKey<String> text(String name, String help) {
    return of(name, ConfigType.text(), help);
  }

  public static ConfigKey<Boolean> flag(String name, String help) {
    return of(name, ConfigType.flag(), help);
  }

  /** A whole number within bounds, both included. */
  public static ConfigKey<Long> number(String name, long min, long max, String help) {
    return of(name, ConfigType.number(min, max), help);
  }

  /** A whole number within bounds, both included. */
  public static ConfigKey<Integer> count(String name, int min, int max, String help) {
    return of(name, ConfigType.count(min, max), help);
  }

  /** A decimal number within bounds, both included. */
  public static ConfigKey<Double> ratio(String name, double min, double max, String help) {
    return of(name, ConfigType.ratio(min, max), help);
  }

  /** A time in milliseconds, both bounds included; the name ends in {@code -ms}. */
  public static ConfigKey<Duration> millis(String name, long min, long max, String help) {
    return of(name, ConfigType.millis(min, max), help);
  }

  public static ConfigKey<List<String>> list(String name, String help) {
    return of(name, ConfigType.list(), help);
  }

  /** One of the constants, written in lower case with {@code -} for {@code _}. */
  public static <E extends Enum<E>> ConfigKey<E> choice(String name, Class<E> type, String help) {
    return of(name, ConfigType.choice(type), help);
  }

  public ConfigKey<T> withDefault(T value) {
    return new ConfigKey<>(name, type, requireNonNull(value, "value"), tier, secret, help);
  }

  /** The program does not start without it. */
  public ConfigKey<T> required() {
    return new ConfigKey<>(name, type, null, Tier.REQUIRED, secret, help);
  }

  /** Documented apart from the keys one often sets. */
  public ConfigKey<T> rare() {
    return new ConfigKey<>(name, type, defaultValue, Tier.RARE, secret, help);
  }

  /** Never printed. */
  public ConfigKey<T> secret() {
    return new ConfigKey<>(name, type, defaultValue, tier, true, help);
  }

  /** Within its section. */
  public String name() {
    return name;
  }

  public String type() {
    return type.name();
  }

  /** The right values, in words. */
  public String range() {
    return type.range();
  }

  public Optional<T> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  /** As it would stand in the file; empty if there is no default. */
  public String defaultText() {
    return defaultValue == null ? "" : type.print(defaultValue);
  }

  public Tier tier() {
    return tier;
  }

  public boolean isSecret() {
    return secret;
  }

  /** One sentence. */
  public String help() {
    return help;
  }

  Optional<T> parse(ConfigEntry entry) {
    return type.parse(entry);
  }

  T placeholder() {
    return defaultValue == null ? type.placeholder() : defaultValue;
  }

  @Override
  public String toString() {
    return name;
  }
}
