package io.hrp.producer.mapreduce;

import static java.util.Objects.requireNonNull;

import io.hrp.producer.HrpPublishers;
import io.hrp.producer.PublishableTables;
import io.hrp.producer.api.HrpProducerException;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublishInterruptedException;
import io.hrp.producer.api.PublisherOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.mapred.InvalidJobConfException;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.OutputFormat;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * Publishes a job's output through HRP, in place of HBase's {@code TableOutputFormat} or {@code
 * MultiTableOutputFormat}: the same job with this class as its output format.
 *
 * <p><b>Table.</b> With {@value #OUTPUT_TABLE} in the job's configuration everything goes to that
 * table and keys are ignored, as {@code TableOutputFormat} does. Without it the key names the table
 * of its value, an {@code ImmutableBytesWritable} or a {@code Text}, as {@code
 * MultiTableOutputFormat} has it.
 *
 * <p><b>Values</b> are {@code Put}, {@code Delete} and {@code RowMutations}.
 *
 * <p><b>Settings</b> are the flat keys {@code hrp.producer.*} in the job's configuration; in Spark
 * {@code spark.hadoop.hrp.producer.*}. A table that {@code hrp.producer.tables.*} makes dual or
 * direct is refused: this output goes to Kafka alone. A table need not be named there.
 *
 * <p><b>Delivery.</b> A task succeeds only when every mutation it wrote was acknowledged by Kafka.
 * A mutation that was refused or not acknowledged fails the task, also if the caller swallows the
 * exception. What a failed attempt has handed over stays published: it cannot be taken back, as a
 * {@code Put} in HBase cannot.
 *
 * <p><b>Attempts that repeat.</b> A retried task publishes its mutations again. With {@code
 * hrp.producer.timestamp.policy=job} all attempts of a job give the same timestamp, so the cells of
 * the second attempt are those of the first and change nothing. With {@code row}, the default, the
 * second attempt's cells are newer versions of the same values; attempts that run at the same time
 * would mix theirs, and so a job that may run speculative attempts is refused. In plain MapReduce
 * speculation is on unless turned off.
 *
 * <p>The timestamp of the job is fixed when the framework checks the job's output, in the
 * configuration that the tasks get, a new one for each job. This reaches the tasks in MapReduce,
 * and in Spark if the configuration is {@code job.getConfiguration()} of a Hadoop {@code Job}; with
 * any other object call {@link #configure} first, otherwise the tasks refuse to start and say so.
 * One configuration object serves one job at a time.
 *
 * @param <K> the key's type, of any kind if the table is configured
 */
public final class HrpOutputFormat<K> extends OutputFormat<K, Row> {
  /** Names the one table that the job writes; the key that {@code TableOutputFormat} knows. */
  public static final String OUTPUT_TABLE = "hbase.mapred.outputtable";

  private final Function<PublisherOptions, HrpPublisher> publishers;
  private final BiConsumer<PublisherOptions, Set<TableName>> tablesCheck;
  private final Speculation speculation;
  private final Clock clock;

  /** For Hadoop, which makes one for each use. */
  public HrpOutputFormat() {
    this(
        HrpPublishers::shared,
        PublishableTables::require,
        new Speculation(SparkDriver::speculation),
        Clock.systemUTC());
  }

  /** For tests, which bring their own surroundings. */
  HrpOutputFormat(
      Function<PublisherOptions, HrpPublisher> publishers,
      BiConsumer<PublisherOptions, Set<TableName>> tablesCheck,
      Speculation speculation,
      Clock clock) {
    this.publishers = requireNonNull(publishers, "publishers");
    this.tablesCheck = requireNonNull(tablesCheck, "tablesCheck");
    this.speculation = requireNonNull(speculation, "speculation");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Fixes the timestamp of the next job that is run with this configuration, if {@code
   * hrp.producer.timestamp.policy} is {@code job} and none is configured; does nothing otherwise.
   * Needed in Spark alone, and only where the class comment says so. Call it in the driver, once
   * for each job.
   */
  public static void configure(Configuration configuration) {
    JobTimestamp.fix(configuration, Clock.systemUTC());
  }

  /**
   * Checks in the submitting process what would fail in every task: the options, speculation, that
   * Kafka answers, and that the configured table can be published to. Sends nothing.
   *
   * @throws InvalidJobConfException with what is wrong; its cause, if any, is the library's own
   *     exception
   */
  @Override
  public void checkOutputSpecs(JobContext context) throws IOException, InterruptedException {
    Configuration configuration = context.getConfiguration();
    JobTimestamp.fix(configuration, clock);
    try {
      PublisherOptions options = JobOptions.read(configuration);
      Set<TableName> tables = TableOfKey.configured(configuration).map(Set::of).orElseGet(Set::of);
      JobModes modes = JobModes.read(configuration);
      tables.forEach(modes::requirePublishOnly);
      speculation.refuseUnlessHarmless(context, options.timestampPolicy());
      tablesCheck.accept(options, tables);
    } catch (PublishInterruptedException e) {
      throw AttemptOutput.interrupted(e);
    } catch (HrpProducerException | IllegalArgumentException e) {
      throw new InvalidJobConfException(
          "the output of this job cannot be published: " + e.getMessage(), e);
    }
  }

  @Override
  public RecordWriter<K, Row> getRecordWriter(TaskAttemptContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    try {
      PublisherOptions options = JobOptions.read(configuration);
      TableOfKey table = TableOfKey.of(configuration);
      JobModes modes = JobModes.read(configuration);
      AttemptOutput output = new AttemptOutput(publishers.apply(options), options.closeTimeout());
      OpenAttempts.OF_THIS_PROCESS.opened(context.getTaskAttemptID(), output);
      return new TaskWriter<>(output, table, modes);
    } catch (HrpProducerException | IllegalArgumentException e) {
      throw new IOException("cannot open the output of this task: " + e.getMessage(), e);
    }
  }

  @Override
  public OutputCommitter getOutputCommitter(TaskAttemptContext context) {
    return new AcknowledgedCommitter(OpenAttempts.OF_THIS_PROCESS);
  }
}
