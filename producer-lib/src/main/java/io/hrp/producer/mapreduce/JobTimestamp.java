package io.hrp.producer.mapreduce;

import io.hrp.producer.config.PublisherKey;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;

/**
 * The one timestamp of a job under the policy {@code job}, handed from the driver to the tasks in
 * the job's configuration.
 *
 * <p>It stands under a key of its own, so that a timestamp which the user configured is never
 * touched, and one that was fixed for an earlier job with the same configuration object is
 * replaced: two jobs must not share a timestamp, or the deletes of the first would mask the puts of
 * the second.
 */
public final class JobTimestamp {
  /** Where the fixed timestamp travels. Not for users, who have {@code timestamp.job-ms}. */
  static final String FIXED_KEY = "hrp.mapreduce.job-timestamp-ms";

  private static final String POLICY = PublisherKey.TIMESTAMP_POLICY.key();
  private static final String CONFIGURED = PublisherKey.TIMESTAMP_JOB_MS.key();

  private JobTimestamp() {}

  /**
   * Fixes a timestamp in the configuration if the policy asks for one and none is configured: the
   * clock's, and above the one fixed there before.
   */
  public static void fix(Configuration configuration, Clock clock) {
    if (!isWanted(configuration)) {
      configuration.unset(FIXED_KEY);
      return;
    }
    long previous = configuration.getLong(FIXED_KEY, -1);
    configuration.setLong(FIXED_KEY, Math.max(clock.millis(), previous + 1));
  }

  /**
   * The configuration with the fixed timestamp in the place where the options look for it: a copy,
   * or the same object where nothing is to be added.
   *
   * @throws IllegalArgumentException if a timestamp is wanted and was never fixed
   */
  static Configuration fixedIn(Configuration configuration) {
    if (!isWanted(configuration)) {
      return configuration;
    }
    String fixed = configuration.get(FIXED_KEY);
    if (fixed == null) {
      throw new IllegalArgumentException(
          POLICY
              + " is job and no timestamp was fixed for the job where its tasks see it; call"
              + " HrpOutputFormat.configure(configuration) in the driver before the job starts, or set "
              + CONFIGURED);
    }
    Configuration complete = new Configuration(configuration);
    complete.set(CONFIGURED, fixed);
    return complete;
  }

  private static boolean isWanted(Configuration configuration) {
    return configuration.getTrimmed(POLICY, "").equals("job")
        && configuration.getTrimmed(CONFIGURED, "").isEmpty();
  }
}
