package io.hrp.it.fault;

import io.hrp.producer.HrpPublishers;
import io.hrp.producer.api.HrpProducerException;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.hbase.HadoopOptions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What runs in an executor: all it knows is a job's configuration. Publishes ten rows and prints
 * {@code acknowledged}, or {@code refused} and the exception's class.
 */
final class ConfiguredWriter {
  private ConfiguredWriter() {}

  public static void main(String[] args) {
    Configuration configuration = new Configuration(false);
    configuration.addResource(new Path(args[0]));
    try (HrpPublisher publisher = HrpPublishers.shared(HadoopOptions.read(configuration).build())) {
      for (int i = 0; i < 10; i++) {
        publisher.row(args[1], "row" + i).cell("a", "q", "value" + i).publish();
      }
      publisher.flush();
      System.out.println("acknowledged");
    } catch (HrpProducerException e) {
      System.out.println("refused " + e.getClass().getSimpleName());
    }
  }
}
