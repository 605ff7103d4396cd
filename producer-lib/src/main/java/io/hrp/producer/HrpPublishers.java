package io.hrp.producer;

import io.hrp.control.ControlException;
import io.hrp.control.log.ControlFollower;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.config.FlatOptions;
import io.hrp.producer.config.KafkaClientSettings;
import io.hrp.producer.internal.send.KafkaTopicInspector;
import io.hrp.producer.internal.send.RecordSender;
import io.hrp.producer.metrics.JmxExport;
import io.hrp.wire.WriterHeader;
import io.hrp.wire.WriterStamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes publishers. */
public final class HrpPublishers {
  private static final Logger log = LoggerFactory.getLogger(HrpPublishers.class);

  private static final SharedPublishers shared =
      new SharedPublishers(HrpPublishers::open, new LaterThread());

  private HrpPublishers() {}

  /**
   * Creates a publisher. Does not wait for a broker: the first mutation does. One publisher serves
   * all threads and tables of a process.
   *
   * @throws InvalidOptionsException with every setting that HRP or Kafka refuses
   */
  public static HrpPublisher create(PublisherOptions options) {
    return open(options);
  }

  /**
   * A handle on a publisher that everybody in this JVM with equal options shares, so that a process
   * has one Kafka producer however many tasks, connections or writers it runs.
   *
   * <p>A handle's {@code flush} and {@code close} wait for and report its own mutations only. The
   * publisher ends some seconds after its last handle was closed; what is left when the JVM ends is
   * closed by a shutdown hook, within the options' close timeout. A publisher that failed for good
   * is not handed out again: close the handle and take a new one. Options made without a registry
   * share the registry of the first; see {@link PublisherOptions#equals}.
   *
   * @throws InvalidOptionsException with every setting that HRP or Kafka refuses
   */
  public static HrpPublisher shared(PublisherOptions options) {
    return shared.handle(options);
  }

  private static TopicPublisher open(PublisherOptions options) {
    KafkaClientSettings settings = KafkaClientSettings.of(options);
    requireForeignAttributes(options);
    LongSupplier nanoTime = System::nanoTime;
    JmxExport export = exported(options);
    RecordSender sender;
    try {
      sender =
          RecordSender.open(settings.producer(), nanoTime, WriterHeader.value(options.writer()));
    } catch (IllegalArgumentException e) {
      export.close();
      throw new InvalidOptionsException(List.of(String.valueOf(e.getMessage())));
    }
    ControlFollower control;
    try {
      control = ControlFollower.open(settings.reader(), options.clock(), nanoTime);
    } catch (ControlException e) {
      export.close();
      sender.abandon();
      throw new InvalidOptionsException(List.of(String.valueOf(e.getMessage())), e);
    }
    PublisherParts parts =
        new PublisherParts(
            options,
            new PublisherParts.Edges(
                sender, control, new KafkaTopicInspector(settings.reader(), nanoTime)),
            new Waiting(
                options.clock(),
                nanoTime,
                duration -> Thread.sleep(duration.toMillis()),
                options.maxBlock(),
                options.maxSkew()),
            settings.maxRequestSize());
    log.info(
        "publisher created writer={} bootstrapServers={} timestampPolicy={} maxAheadMs={}"
            + " maxSkewMs={} maxBlockMs={} maxInFlightBytes={} maxInFlightRecords={} closeTimeoutMs={} attributes={}",
        options.writer(),
        options.kafka().get("bootstrap.servers"),
        options.timestampPolicy(),
        options.maxAhead().toMillis(),
        options.maxSkew().toMillis(),
        options.maxBlock().toMillis(),
        options.maxInFlightBytes(),
        options.maxInFlightRecords(),
        options.closeTimeout().toMillis(),
        options.allowedAttributes());
    return new TopicPublisher(
        parts,
        () -> {
          control.close();
          export.close();
        },
        options.closeTimeout());
  }

  private static JmxExport exported(PublisherOptions options) {
    if (!options.jmxEnabled()) {
      return JmxExport.NONE;
    }
    try {
      return JmxExport.of(options.metrics());
    } catch (NoClassDefFoundError e) {
      throw new InvalidOptionsException(
          List.of(
              "jmx.enabled needs the library io.dropwizard.metrics:metrics-jmx, which is not on the"
                  + " class path"),
          e);
    }
  }

  /** HBase's own attributes have fields of their own in the message, or must not travel at all. */
  private static void requireForeignAttributes(PublisherOptions options) {
    List<String> problems = new ArrayList<>();
    for (String name : options.allowedAttributes()) {
      try {
        WriterStamp.of(0, 0, Set.of(name));
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
  }

  /**
   * Reads the flat keys {@code hrp.producer.*} of a Hadoop or Spark configuration; other keys are
   * left alone. Registry, clock and executor are set on the builder.
   *
   * @throws InvalidOptionsException with every unknown key and every wrong value
   */
  public static PublisherOptions.Builder options(Map<String, String> configuration) {
    return FlatOptions.read(configuration);
  }
}
