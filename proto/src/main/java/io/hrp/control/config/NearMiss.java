package io.hrp.control.config;

import java.util.Collection;
import java.util.Optional;

/** Finds the word somebody probably meant. */
public final class NearMiss {
  private NearMiss() {}

  /**
   * The known word with the fewest changed letters, if a third or less of the letters differ; of
   * equally near ones the first in alphabetical order.
   */
  public static Optional<String> of(String given, Collection<String> known) {
    String best = null;
    int bestDistance = Math.max(2, given.length() / 3) + 1;
    for (String candidate : known) {
      int distance = distance(given, candidate);
      boolean nearer = distance < bestDistance;
      if (nearer || (best != null && distance == bestDistance && candidate.compareTo(best) < 0)) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** {@code "; did you mean 'x'?"}, or nothing. */
  public static String hint(String given, Collection<String> known) {
    return of(given, known).map(word -> "; did you mean '" + word + "'?").orElse("");
  }

  /** Levenshtein's: letters to insert, drop or change. */
  private static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[to.length()];
  }
}
