package io.hrp.producer.config;

import io.hrp.producer.api.InvalidOptionsException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the drop-in connection is told beside the publisher's own options. Immutable. */
public final class DropInSettings {
  /** What makes up for a local write of a dual table that did not happen. */
  public enum Heal {
    /** The local cluster's daemon, which applies every record. */
    DAEMON,
    /**
     * The local cluster's daemon, but only for writes that are known to have failed: all others are
     * marked as having been on the local cluster, and it skips those.
     */
    ON_FAILURE
  }

  /** What becomes of a conditional mutation of a dual table. */
  public enum CheckAndMutate {
    REFUSE,
    /** It runs on the local cluster and is published if it was applied there. */
    BEST_EFFORT
  }

  private final TableModes modes;
  private final Heal heal;
  private final CheckAndMutate checkAndMutate;
  private final boolean coprocessorAllowed;

  private DropInSettings(Map<String, String> configuration, List<String> problems) {
    Map<TableMode, String> lists = new EnumMap<>(TableMode.class);
    lists.put(TableMode.PUBLISH_ONLY, text(configuration, PublisherKey.TABLES_PUBLISH_ONLY));
    lists.put(TableMode.DUAL, text(configuration, PublisherKey.TABLES_DUAL));
    lists.put(TableMode.DIRECT, text(configuration, PublisherKey.TABLES_DIRECT));
    modes = TableModes.read(lists, problems);
    heal =
        isSecond(configuration, PublisherKey.DUAL_HEAL, "daemon", "on-failure", problems)
            ? Heal.ON_FAILURE
            : Heal.DAEMON;
    checkAndMutate =
        isSecond(
                configuration,
                PublisherKey.DUAL_CHECK_AND_MUTATE,
                "refuse",
                "best-effort",
                problems)
            ? CheckAndMutate.BEST_EFFORT
            : CheckAndMutate.REFUSE;
    coprocessorAllowed =
        isSecond(configuration, PublisherKey.COPROCESSOR_ALLOWED, "false", "true", problems);
  }

  /**
   * Reads the keys.
   *
   * @throws InvalidOptionsException with every wrong value at once
   */
  public static DropInSettings read(Map<String, String> configuration) {
    List<String> problems = new ArrayList<>();
    DropInSettings settings = new DropInSettings(configuration, problems);
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    return settings;
  }

  private static String text(Map<String, String> configuration, PublisherKey key) {
    return configuration.getOrDefault(key.key(), "").trim();
  }

  /** Whether the second of two words is set; nothing set means the first. */
  private static boolean isSecond(
      Map<String, String> configuration,
      PublisherKey key,
      String first,
      String second,
      List<String> problems) {
    String text = text(configuration, key);
    if (!text.isEmpty() && !text.equals(first) && !text.equals(second)) {
      problems.add(key.key() + " must be " + first + " or " + second + ", got '" + text + "'");
    }
    return text.equals(second);
  }

  public TableModes modes() {
    return modes;
  }

  public Heal heal() {
    return heal;
  }

  public CheckAndMutate checkAndMutate() {
    return checkAndMutate;
  }

  /**
   * Whether endpoint calls on published tables are let through; what they write is not captured.
   */
  public boolean coprocessorAllowed() {
    return coprocessorAllowed;
  }
}
