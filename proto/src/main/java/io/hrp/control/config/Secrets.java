package io.hrp.control.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells by its name whether a foreign key's value must not be printed. */
public final class Secrets {
  /** What stands in place of a secret. */
  public static final String HIDDEN = "(hidden)";

  private static final Pattern NAMES =
      Pattern.compile(
          "password|passwd|secret|token|credential|jaas|keystore\\.key|truststore\\.certificates"
              + "|certificate\\.chain|private\\.?key|basic\\.auth|assertion");

  private Secrets() {}

  /** Whether the key looks like one that holds a secret; rather too often than too seldom. */
  public static boolean isSecret(String key) {
    return NAMES.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  /** The value, or {@link #HIDDEN}. */
  public static String printable(String key, String value) {
    return isSecret(key) ? HIDDEN : value;
  }
}
