package io.hrp.control.config;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One section of a configuration with typed getters. A getter never throws for a faulty value: it
 * adds to the {@link Problems} and returns the default, or some value of the type, so that the next
 * fault is found too. Nothing read may be used before {@link Problems#throwIfAny}.
 *
 * <p>Nested mappings and dotted keys are the same: {@code apply: {linger-ms: 5}} is {@code
 * apply.linger-ms: 5}. Not thread-safe.
 */
public final class ConfigSection {
  private final String path;
  private final SortedMap<String, ConfigEntry> entries;
  private final Problems problems;
  private final SortedSet<String> asked = new TreeSet<>();
  private final Map<String, ConfigSection> children = new LinkedHashMap<>();
  private final List<String> effective = new ArrayList<>();
  private boolean open;

  ConfigSection(String path, SortedMap<String, ConfigEntry> entries, Problems problems) {
    this.path = requireNonNull(path, "path");
    this.entries = entries;
    this.problems = requireNonNull(problems, "problems");
  }

  /** A section from flat keys, such as those of a Hadoop configuration with the prefix removed. */
  public static ConfigSection ofFlat(String path, Map<String, String> flat, Problems problems) {
    SortedMap<String, ConfigEntry> entries = new TreeMap<>();
    flat.forEach((key, text) -> entries.put(key, ConfigEntry.scalar(text, ConfigEntry.NO_LINE)));
    return new ConfigSection(path, entries, problems);
  }

  /** Where the section stands in the file: {@code peers.east}. */
  public String path() {
    return path;
  }

  public Problems problems() {
    return problems;
  }

  /** Whether the file says nothing here. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The key's value, else its default; a missing key without a default is a fault. */
  public <T> T get(ConfigKey<T> key) {
    Optional<T> found = find(key);
    if (found.isEmpty() && !entries.containsKey(key.name())) {
      problems.add(
          "'" + pathOf(key.name()) + "' is missing: " + key.help() + " (" + key.range() + ")");
    }
    return found.orElseGet(key::placeholder);
  }

  /** The key's value, else its default, else nothing. */
  public <T> Optional<T> find(ConfigKey<T> key) {
    boolean first = asked.add(key.name());
    ConfigEntry entry = entries.get(key.name());
    if (entry == null) {
      if (first) {
        key.defaultValue().ifPresent(d -> addEffective(key, key.defaultText()));
      }
      return key.defaultValue();
    }
    if (first) {
      addEffective(key, entry.text());
    }
    Optional<T> value = key.parse(entry);
    if (value.isEmpty() && first) {
      problems.add(
          "'"
              + pathOf(key.name())
              + "'"
              + entry.where()
              + ": expected "
              + key.type()
              + " ("
              + key.range()
              + "), got "
              + shown(key, entry));
    }
    return value;
  }

  private <T> void addEffective(ConfigKey<T> key, String text) {
    boolean hidden = key.isSecret() || Secrets.isSecret(key.name());
    effective.add(pathOf(key.name()) + " = " + (hidden ? Secrets.HIDDEN : text));
  }

  private static String shown(ConfigKey<?> key, ConfigEntry entry) {
    boolean hidden = key.isSecret() || Secrets.isSecret(key.name());
    return hidden ? "something else" : "'" + entry.text() + "'";
  }

  /** The names one level below: those of the peers, for the section {@code peers}. */
  public SortedSet<String> childNames() {
    SortedSet<String> names = new TreeSet<>();
    for (String key : entries.keySet()) {
      int dot = key.indexOf('.');
      if (dot > 0) {
        names.add(key.substring(0, dot));
      }
    }
    return names;
  }

  /** The part below a name; the same object for the same name. */
  public ConfigSection child(String name) {
    return children.computeIfAbsent(
        name, n -> new ConfigSection(pathOf(n), below(n + "."), problems));
  }

  private SortedMap<String, ConfigEntry> below(String prefix) {
    SortedMap<String, ConfigEntry> part = new TreeMap<>();
    for (Map.Entry<String, ConfigEntry> entry : entries.entrySet()) {
      if (entry.getKey().startsWith(prefix)) {
        part.put(entry.getKey().substring(prefix.length()), entry.getValue());
      }
    }
    return part;
  }

  /**
   * Everything in this section that was not asked for, as settings of a foreign library. From then
   * on no key here is unknown.
   *
   * @param refused from keys that may not be set here to the reason
   */
  public SortedMap<String, String> passThrough(Map<String, String> refused) {
    open = true;
    SortedMap<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, ConfigEntry> entry : entries.entrySet()) {
      String key = entry.getKey();
      if (asked.contains(key) || isChildKey(key)) {
        continue;
      }
      String reason = refused.get(key);
      if (reason != null) {
        problems.add(
            "'" + pathOf(key) + "'" + entry.getValue().where() + " cannot be set: " + reason);
      } else {
        settings.put(key, entry.getValue().text());
        String text = Secrets.printable(key, entry.getValue().text());
        effective.add(pathOf(key) + " = " + text);
      }
    }
    return Collections.unmodifiableSortedMap(settings);
  }

  private boolean isChildKey(String key) {
    int dot = key.indexOf('.');
    return dot > 0 && children.containsKey(key.substring(0, dot));
  }

  /** Adds a fault about a key of this section. */
  public void reject(String key, String problem) {
    ConfigEntry entry = entries.get(key);
    problems.add("'" + pathOf(key) + "'" + (entry == null ? "" : entry.where()) + ": " + problem);
  }

  /** Adds a fault for every key nobody asked for, here and below. */
  public void rejectUnknownKeys() {
    for (ConfigSection child : children.values()) {
      child.rejectUnknownKeys();
    }
    if (open) {
      return;
    }
    Collection<String> known = new ArrayList<>(asked);
    known.addAll(children.keySet());
    for (Map.Entry<String, ConfigEntry> entry : entries.entrySet()) {
      String key = entry.getKey();
      if (!asked.contains(key) && !isChildKey(key)) {
        problems.add(
            "'"
                + pathOf(key)
                + "'"
                + entry.getValue().where()
                + " is not a known key"
                + NearMiss.hint(key, known));
      }
    }
  }

  /** The values in force, defaults included, one {@code key = value} each, secrets hidden. */
  public List<String> effective() {
    List<String> lines = new ArrayList<>(effective);
    for (ConfigSection child : children.values()) {
      lines.addAll(child.effective());
    }
    return lines;
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The path alone: values may be secret. */
  @Override
  public String toString() {
    return "section " + path;
  }
}
