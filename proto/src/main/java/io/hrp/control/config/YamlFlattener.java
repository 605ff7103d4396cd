package io.hrp.control.config;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns nested mappings into dotted keys, with the line of each; scalars stay as written. */
final class YamlFlattener {
  private final YAMLParser parser;
  private final Problems problems;

  YamlFlattener(YAMLParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /** From each section to its flattened keys. */
  Map<String, SortedMap<String, ConfigEntry>> read() throws IOException {
    Map<String, SortedMap<String, ConfigEntry>> sections = new LinkedHashMap<>();
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return sections;
    }
    if (first != JsonToken.START_OBJECT) {
      problems.add("the file must be a mapping of sections (" + HrpYaml.SECTIONS + ")");
      return sections;
    }
    Set<String> whole = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      int dot = name.indexOf('.');
      if (dot > 0) {
        String section = name.substring(0, dot);
        readValue(section, name.substring(dot + 1), entriesOf(sections, section));
      } else {
        readSection(name, whole.add(name), entriesOf(sections, name));
      }
    }
    if (parser.nextToken() != null) {
      problems.add("the file must hold one YAML document");
    }
    return sections;
  }

  private static SortedMap<String, ConfigEntry> entriesOf(
      Map<String, SortedMap<String, ConfigEntry>> sections, String section) {
    return sections.computeIfAbsent(section, each -> new TreeMap<>());
  }

  private void readSection(String name, boolean isFirst, SortedMap<String, ConfigEntry> entries)
      throws IOException {
    int line = line();
    if (!isFirst) {
      problems.add("'" + name + "' (line " + line + ") stands twice");
    }
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_OBJECT) {
      readMapping(name, "", entries);
    } else if (token != JsonToken.VALUE_NULL) {
      parser.skipChildren();
      problems.add("'" + name + "' (line " + line + ") must be a mapping");
    }
  }

  private void readMapping(String section, String prefix, SortedMap<String, ConfigEntry> entries)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      readValue(section, prefix + parser.currentName(), entries);
    }
  }

  private void readValue(String section, String key, SortedMap<String, ConfigEntry> entries)
      throws IOException {
    int line = line();
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_OBJECT) {
      readMapping(section, key + ".", entries);
    } else if (token == JsonToken.START_ARRAY) {
      put(section, key, ConfigEntry.list(readList(section, key), line), entries);
    } else if (token == JsonToken.VALUE_NULL) {
      problems.add("'" + section + "." + key + "' (line " + line + ") has no value");
    } else {
      put(section, key, ConfigEntry.scalar(parser.getText(), line), entries);
    }
  }

  private void put(
      String section, String key, ConfigEntry entry, SortedMap<String, ConfigEntry> entries) {
    if (entries.putIfAbsent(key, entry) != null) {
      problems.add("'" + section + "." + key + "'" + entry.where() + " stands twice");
    }
  }

  private List<String> readList(String section, String key) throws IOException {
    List<String> values = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
        values.add(parser.getText());
      } else {
        parser.skipChildren();
        problems.add(
            "'" + section + "." + key + "' (line " + line() + ") may list plain values only");
      }
      token = parser.nextToken();
    }
    return values;
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
