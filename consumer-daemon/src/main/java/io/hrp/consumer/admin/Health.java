package io.hrp.consumer.admin;

import static java.util.Objects.requireNonNull;

/**
 * The answer to a health or readiness check.
 *
 * @param isGood decides between status 200 and 503
 * @param text for people; one line for each thing that is not well
 */
public record Health(boolean isGood, String text) {
  public Health {
    requireNonNull(text, "text");
  }

  public static Health good() {
    return new Health(true, "ok");
  }

  public static Health bad(String text) {
    return new Health(false, text);
  }
}
