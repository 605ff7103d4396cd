package io.hrp.ops.check;

import java.util.List;

/**
 * What a look at the clusters found, one sentence each.
 *
 * @param problems what somebody has to mend; {@code hrp status --check} ends with 5 if there are
 *     any
 * @param warnings what somebody should know: it passes by itself, or was decided so
 */
public record Findings(List<String> problems, List<String> warnings) {
  public Findings {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }
}
