package io.hrp.control.config;

import java.util.List;

/** A configuration that cannot be used. The message lists every fault, one a line. */
public final class ConfigException extends RuntimeException {
  private final transient List<String> problems;

  public ConfigException(String source, List<String> problems) {
    super(message(source, problems));
    this.problems = List.copyOf(problems);
  }

  /** Each fault as one sentence. */
  public List<String> problems() {
    return problems;
  }

  private static String message(String source, List<String> problems) {
    StringBuilder text = new StringBuilder("invalid configuration in '").append(source).append("'");
    for (String problem : problems) {
      text.append("\n  - ").append(problem);
    }
    return text.toString();
  }
}
