package io.hrp.producer.mapreduce;

import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.hbase.HadoopOptions;
import org.apache.hadoop.conf.Configuration;

/** From a job's configuration to the options of the publishers of its tasks. */
public final class JobOptions {
  private JobOptions() {}

  /**
   * The options, with the timestamp that the driver fixed for the job. Equal in all tasks of a job,
   * so that they share a publisher.
   *
   * @throws InvalidOptionsException with every unknown key and every wrong value
   * @throws IllegalArgumentException if the policy is {@code job} and no timestamp was fixed
   */
  public static PublisherOptions read(Configuration configuration) {
    return HadoopOptions.read(JobTimestamp.fixedIn(configuration)).build();
  }
}
