package io.hrp.control;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * What a peer may be called. The name becomes part of a consumer group ({@code hrp-<peer>}), of
 * metric labels and of control keys, so it keeps to ASCII and is short.
 */
public final class PeerName {
  /** Longest name allowed, in characters. */
  public static final int MAX_LENGTH = 64;

  /** The rule in words, for messages. */
  public static final String RULE =
      "1 to 64 of a-z, 0-9, '-' and '_', starting with a letter or digit";

  private static final Pattern VALID =
      Pattern.compile("[a-z0-9][a-z0-9_-]{0," + (MAX_LENGTH - 1) + "}");

  private PeerName() {}

  /** Whether {@code name} follows {@link #RULE}. */
  public static boolean isValid(String name) {
    return VALID.matcher(requireNonNull(name, "name")).matches();
  }

  /**
   * Returns {@code name} unchanged.
   *
   * @throws IllegalArgumentException if the name does not follow {@link #RULE}
   */
  public static String require(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException("a peer is named by " + RULE + ", got '" + name + "'");
    }
    return name;
  }
}
