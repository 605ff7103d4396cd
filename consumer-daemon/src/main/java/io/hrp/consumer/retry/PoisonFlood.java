package io.hrp.consumer.retry;

/**
 * Notices when a table has more poison than a stray record explains: then a writer is wrong, and
 * putting its records aside one by one would empty the topic into the dead-letter topic.
 *
 * <p>Counts in a sliding minute, held as six buckets of ten seconds. Safe for use by any thread:
 * every method takes the instance's lock, once per poison record.
 */
public final class PoisonFlood {
  private static final int BUCKETS = 6;
  private static final long BUCKET_NANOS = 10_000_000_000L;

  private final int maxPerMinute;
  private final int[] counts = new int[BUCKETS];
  private long currentBucket = Long.MIN_VALUE;

  /**
   * @param maxPerMinute how many poison records a minute are put aside before the table parks
   */
  public PoisonFlood(int maxPerMinute) {
    if (maxPerMinute < 1) {
      throw new IllegalArgumentException("maxPerMinute must be positive, got " + maxPerMinute);
    }
    this.maxPerMinute = maxPerMinute;
  }

  /**
   * Takes note of one more poison record, unless the minute is full.
   *
   * @return whether it may be put aside; if not, the table is to park
   */
  public synchronized boolean tryAdmit(long nowNanos) {
    roll(Math.floorDiv(nowNanos, BUCKET_NANOS));
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    if (sum >= maxPerMinute) {
      return false;
    }
    counts[(int) Math.floorMod(currentBucket, (long) BUCKETS)]++;
    return true;
  }

  private void roll(long bucket) {
    long from = Math.max(currentBucket + 1, bucket - BUCKETS + 1);
    if (currentBucket == Long.MIN_VALUE) {
      from = bucket;
    }
    for (long each = from; each <= bucket; each++) {
      counts[(int) Math.floorMod(each, (long) BUCKETS)] = 0;
    }
    currentBucket = Math.max(currentBucket, bucket);
  }
}
