package io.hrp.producer.mapreduce;

import io.hrp.producer.api.TimestampPolicy;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.InvalidJobConfException;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.MRJobConfig;

/**
 * Refuses jobs that may run two attempts of one task at the same time, unless both write the same
 * cells.
 */
final class Speculation {
  private final Supplier<Optional<Boolean>> ofSpark;

  /**
   * @param ofSpark whether the Spark driver in this process speculates; empty without one
   */
  Speculation(Supplier<Optional<Boolean>> ofSpark) {
    this.ofSpark = ofSpark;
  }

  void refuseUnlessHarmless(JobContext context, TimestampPolicy policy)
      throws InvalidJobConfException {
    if (policy.jobTimestamp().isPresent()) {
      return;
    }
    Optional<Boolean> spark = ofSpark.get();
    String setting = "spark.speculation";
    boolean speculates;
    if (spark.isPresent()) {
      // Spark does not look at MapReduce's settings, which are on in every Hadoop configuration.
      speculates = spark.get();
    } else {
      setting = settingOfTheWriters(context);
      speculates = isOn(context.getConfiguration(), setting);
    }
    if (speculates) {
      throw new InvalidJobConfException(
          "the output of this job cannot be published: "
              + setting
              + " is on, so two attempts of a task may write at the same time, each with timestamps of"
              + " its own; set "
              + setting
              + "=false, or hrp.producer.timestamp.policy=job so that all attempts write the same"
              + " cells");
    }
  }

  /** In a job without reducers the maps write its output, else the reducers alone. */
  private static String settingOfTheWriters(JobContext context) {
    return context.getNumReduceTasks() == 0
        ? MRJobConfig.MAP_SPECULATIVE
        : MRJobConfig.REDUCE_SPECULATIVE;
  }

  /** On is MapReduce's default, also where its default file is not on the class path. */
  private static boolean isOn(Configuration configuration, String setting) {
    return configuration.getBoolean(setting, true);
  }
}
