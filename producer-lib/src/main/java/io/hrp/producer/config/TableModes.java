package io.hrp.producer.config;

import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.wire.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which table is written how. The most specific pattern wins: a name without a wildcard, then the
 * pattern with the most characters that are none. Immutable.
 */
public final class TableModes {
  private final Map<String, Entry> entries;

  private TableModes(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /** Reads the lists; what is wrong with them is added to the problems. */
  static TableModes read(Map<TableMode, String> lists, List<String> problems) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    lists.forEach(
        (mode, list) -> {
          for (String text : list.split(",", -1)) {
            if (!text.isBlank()) {
              add(entries, mode, text.trim(), problems);
            }
          }
        });
    return new TableModes(Map.copyOf(entries));
  }

  private static void add(
      Map<String, Entry> entries, TableMode mode, String text, List<String> problems) {
    TablePattern pattern;
    try {
      pattern = TablePattern.parse(text);
    } catch (IllegalArgumentException e) {
      problems.add("'" + text + "' names no table: " + e.getMessage());
      return;
    }
    if (mode.publishes() && pattern.namesSystemTables()) {
      problems.add("'" + pattern + "' names HBase's own tables, which cannot be published");
      return;
    }
    Entry other = entries.putIfAbsent(pattern.toString(), new Entry(pattern, mode));
    if (other != null && other.mode != mode) {
      problems.add("'" + pattern + "' stands in two modes, " + other.mode + " and " + mode);
    }
  }

  /**
   * The mode of a table.
   *
   * @throws InvalidOptionsException if two patterns of different modes say equally much of it
   */
  public TableMode of(TableId table) {
    List<Entry> best = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.pattern.matches(table)) {
        int more =
            best.isEmpty()
                ? 1
                : Integer.compare(entry.pattern.specificity(), best.get(0).pattern.specificity());
        if (more > 0) {
          best.clear();
        }
        if (more >= 0) {
          best.add(entry);
        }
      }
    }
    for (Entry entry : best) {
      if (entry.mode != best.get(0).mode) {
        throw new InvalidOptionsException(
            List.of(
                "the patterns '"
                    + best.get(0).pattern
                    + "' ("
                    + best.get(0).mode
                    + ") and '"
                    + entry.pattern
                    + "' ("
                    + entry.mode
                    + ") say equally much of table '"
                    + table
                    + "'; name the table itself in one mode"));
      }
    }
    return best.isEmpty() ? TableMode.NOT_CONFIGURED : best.get(0).mode;
  }

  /** Whether the writes of any table go to Kafka. */
  public boolean publishAny() {
    return entries.values().stream().anyMatch(entry -> entry.mode.publishes());
  }

  @Override
  public String toString() {
    return entries.values().toString();
  }

  /** A pattern and what it stands for. */
  private static final class Entry {
    private final TablePattern pattern;
    private final TableMode mode;

    Entry(TablePattern pattern, TableMode mode) {
      this.pattern = pattern;
      this.mode = mode;
    }

    @Override
    public String toString() {
      return pattern + "=" + mode;
    }
  }
}
