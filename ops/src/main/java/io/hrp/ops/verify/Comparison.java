package io.hrp.ops.verify;

import java.util.List;

/**
 * How the cells found differ from those expected.
 *
 * @param rows rows expected
 * @param cells cells expected
 * @param missing expected and not found
 * @param extra found and not expected
 * @param different found with another value
 * @param examples the first differences, one line each, without values
 */
public record Comparison(
    long rows, long cells, long missing, long extra, long different, List<String> examples) {

  public Comparison {
    examples = List.copyOf(examples);
  }

  /** Whether nothing differs. */
  public boolean isEqual() {
    return missing == 0 && extra == 0 && different == 0;
  }
}
