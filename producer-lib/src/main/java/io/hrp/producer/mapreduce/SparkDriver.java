package io.hrp.producer.mapreduce;

import java.util.Optional;

/**
 * Asks the Spark driver in this process, if there is one, for a setting. By reflection: this module
 * does not link Spark, and a Hadoop configuration does not hold Spark's own settings.
 */
final class SparkDriver {
  private SparkDriver() {}

  /** Whether Spark speculates; empty if no Spark runs in this process. */
  static Optional<Boolean> speculation() {
    try {
      Class<?> envClass = Class.forName("org.apache.spark.SparkEnv", true, loader());
      Object env = envClass.getMethod("get").invoke(null);
      if (env == null) {
        return Optional.empty();
      }
      Object conf = envClass.getMethod("conf").invoke(env);
      Object on =
          conf.getClass()
              .getMethod("getBoolean", String.class, boolean.class)
              .invoke(conf, "spark.speculation", false);
      return Optional.of((Boolean) on);
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "cannot tell whether Spark speculates, this version of Spark is not known;"
              + " set hrp.producer.timestamp.policy=job, which makes it harmless",
          e);
    }
  }

  private static ClassLoader loader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread != null ? ofThread : SparkDriver.class.getClassLoader();
  }
}
