package io.hrp.producer.internal.stamp;

/**
 * What asking for a timestamp yields, in one {@code long} so that nothing is allocated per
 * mutation: a timestamp (zero or more), or below zero the time to wait for one.
 */
public final class Stamp {
  private Stamp() {}

  static long ahead(long waitMs) {
    return -waitMs;
  }

  public static boolean isAhead(long stamp) {
    return stamp < 0;
  }

  /** Milliseconds to wait before asking again, at least 1. */
  public static long waitMs(long stamp) {
    return -stamp;
  }
}
