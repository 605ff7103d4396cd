package io.hrp.control.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file {@code hrp.yaml}. A program reads the sections it shares and its own, then calls {@link
 * #finish}, which reports every fault found. The sections of other programs are not looked into.
 */
public final class HrpYaml {
  /** Every section there is. */
  public static final List<String> SECTIONS =
      List.of("kafka", "peers", "consumer", "ops", "bulkload");

  private final Problems problems;
  private final Map<String, SortedMap<String, ConfigEntry>> raw;
  private final Map<String, ConfigSection> sections = new LinkedHashMap<>();

  private HrpYaml(Problems problems, Map<String, SortedMap<String, ConfigEntry>> raw) {
    this.problems = problems;
    this.raw = raw;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException if it cannot be read or is no YAML; other faults are collected
   */
  public static HrpYaml read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new ConfigException(file.toString(), List.of("there is no such file"));
    } catch (CharacterCodingException e) {
      throw new ConfigException(file.toString(), List.of("the file is not UTF-8 text"));
    } catch (IOException e) {
      throw new ConfigException(
          file.toString(), List.of("the file cannot be read: " + e.getMessage()));
    }
  }

  /**
   * Reads a text.
   *
   * @param source its name in messages
   * @throws ConfigException if it is no YAML; other faults are collected
   */
  public static HrpYaml parse(String source, String text) {
    Problems problems = new Problems(source);
    try (Reader reader = new StringReader(text);
        YAMLParser parser = new YAMLFactory().createParser(reader)) {
      Map<String, SortedMap<String, ConfigEntry>> raw = new YamlFlattener(parser, problems).read();
      rejectUnknownSections(raw, problems);
      return new HrpYaml(problems, raw);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      // The parser's own message quotes the text around, which may hold a secret.
      throw new ConfigException(
          source, List.of("the file is not valid YAML" + (line > 0 ? " near line " + line : "")));
    } catch (IOException e) {
      throw new ConfigException(source, List.of("the text cannot be read: " + e.getMessage()));
    }
  }

  private static void rejectUnknownSections(
      Map<String, SortedMap<String, ConfigEntry>> raw, Problems problems) {
    for (String name : raw.keySet()) {
      if (!SECTIONS.contains(name)) {
        problems.add(
            "'"
                + name
                + "' is not a section (they are "
                + String.join(", ", SECTIONS)
                + ")"
                + NearMiss.hint(name, SECTIONS));
      }
    }
  }

  /** A section, empty if the file has none of that name; the same object for the same name. */
  public ConfigSection section(String name) {
    if (!SECTIONS.contains(name)) {
      throw new IllegalArgumentException("no section '" + name + "'");
    }
    return sections.computeIfAbsent(
        name, n -> new ConfigSection(n, raw.getOrDefault(n, new TreeMap<>()), problems));
  }

  public Problems problems() {
    return problems;
  }

  /**
   * Checks that every key of the sections that were opened has been asked for.
   *
   * @throws ConfigException listing every fault found since the file was opened
   */
  public void finish() {
    sections.values().forEach(ConfigSection::rejectUnknownKeys);
    problems.throwIfAny();
  }

  /** The values in force of the sections opened, one {@code key = value} each, secrets hidden. */
  public List<String> effective() {
    List<String> lines = new ArrayList<>();
    sections.values().forEach(section -> lines.addAll(section.effective()));
    return lines;
  }
}
