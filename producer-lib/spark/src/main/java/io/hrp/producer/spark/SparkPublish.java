package io.hrp.producer.spark;

import static java.util.Objects.requireNonNull;

import io.hrp.producer.HrpPublishers;
import io.hrp.producer.PublishableTables;
import io.hrp.producer.api.HrpProducerException;
import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.mapreduce.HrpOutputFormat;
import io.hrp.producer.mapreduce.JobModes;
import io.hrp.producer.mapreduce.JobOptions;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.TableName;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.util.LongAccumulator;

/**
 * Publishes the elements of an RDD or a Dataset through HRP.
 *
 * <pre>{@code
 * PublishCounts counts =
 *     SparkPublish.of(orders).to("shop:orders", order -> new Put(order.row()).addColumn(...));
 * }</pre>
 *
 * <p><b>Settings</b> are the flat keys {@code hrp.producer.*} of Spark's Hadoop configuration
 * ({@code spark.hadoop.hrp.producer.*} on the command line) and those given to {@link #set}, which
 * win. Secrets come from a credential provider or a file, see the configuration page.
 *
 * <p><b>Delivery.</b> The call runs a Spark job and returns when every mutation was acknowledged. A
 * task succeeds only then; the driver has checked options and table before it starts any. All tasks
 * of an executor process share one Kafka producer, which ends some seconds after the last task, or
 * with the process.
 *
 * <p><b>Attempts that repeat</b> are as with {@link HrpOutputFormat}: with {@code
 * hrp.producer.timestamp.policy=job} they write the same cells, and each call has a timestamp of
 * its own; with {@code row}, the default, {@code spark.speculation} is refused.
 *
 * <p><b>Counters.</b> The Spark accumulators {@code hrp mutations acknowledged} and {@code hrp
 * cells acknowledged}, shown by Spark's pages; their final values are returned.
 *
 * <p>Immutable. The elements' functions must be serialisable, as anywhere in Spark.
 *
 * @param <T> the element's type
 */
public final class SparkPublish<T> {
  static final String MUTATIONS = "hrp mutations acknowledged";
  static final String CELLS = "hrp cells acknowledged";

  private final JavaRDD<T> elements;
  private final Configuration configuration;
  private final PartitionTask.Publishers publishers;
  private final BiConsumer<PublisherOptions, Set<TableName>> tablesCheck;

  SparkPublish(
      JavaRDD<T> elements,
      Configuration configuration,
      PartitionTask.Publishers publishers,
      BiConsumer<PublisherOptions, Set<TableName>> tablesCheck) {
    this.elements = requireNonNull(elements, "elements");
    this.configuration = requireNonNull(configuration, "configuration");
    this.publishers = publishers;
    this.tablesCheck = tablesCheck;
  }

  public static <T> SparkPublish<T> of(JavaRDD<T> elements) {
    Configuration configuration = new Configuration(elements.context().hadoopConfiguration());
    return new SparkPublish<>(
        elements, configuration, HrpPublishers::shared, PublishableTables::require);
  }

  public static <T> SparkPublish<T> of(RDD<T> elements) {
    return of(elements.toJavaRDD());
  }

  public static <T> SparkPublish<T> of(Dataset<T> elements) {
    return of(elements.toJavaRDD());
  }

  /** The same with one more setting, such as {@code hrp.producer.timestamp.policy}. */
  public SparkPublish<T> set(String key, String value) {
    Configuration more = new Configuration(configuration);
    more.set(key, value);
    return new SparkPublish<>(elements, more, publishers, tablesCheck);
  }

  /**
   * Publishes one mutation for each element to one table.
   *
   * @param table {@code namespace:table}, or a table of the default namespace
   * @throws HrpProducerException if the options are wrong or the table cannot be published to;
   *     nothing was started
   */
  public PublishCounts to(String table, ToMutation<? super T> toMutation) {
    requireNonNull(toMutation, "toMutation");
    TableName name = TableName.valueOf(table);
    return run(Set.of(name), new ToOneTable<>(table, toMutation));
  }

  /**
   * Publishes whatever the function publishes for each element, to any tables.
   *
   * @throws HrpProducerException if the options are wrong or Kafka does not answer; nothing was
   *     started
   */
  public PublishCounts toTables(ToMutations<? super T> toMutations) {
    return run(Set.of(), requireNonNull(toMutations, "toMutations"));
  }

  private PublishCounts run(Set<TableName> tables, ToMutations<? super T> toMutations) {
    Configuration ofJob = new Configuration(configuration);
    HrpOutputFormat.configure(ofJob);
    PublisherOptions options = JobOptions.read(ofJob);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(elements.context());
    refuseSpeculation(spark.getConf(), options);
    JobModes modes = JobModes.read(ofJob);
    tables.forEach(modes::requirePublishOnly);
    tablesCheck.accept(options, tables);
    CountsByTable mutations = new CountsByTable();
    spark.sc().register(mutations, MUTATIONS);
    LongAccumulator cells = spark.sc().longAccumulator(CELLS);
    elements.foreachPartition(
        new PartitionTask<>(
            publishers,
            spark.broadcast(new ShippedConfiguration(ofJob)),
            toMutations,
            mutations,
            cells));
    return new PublishCounts(mutations.value(), cells.value());
  }

  static void refuseSpeculation(SparkConf spark, PublisherOptions options) {
    if (options.timestampPolicy().jobTimestamp().isEmpty()
        && spark.getBoolean("spark.speculation", false)) {
      throw new InvalidOptionsException(
          List.of(
              "spark.speculation is on, so two attempts of a task may publish at the same time, each"
                  + " with timestamps of its own; turn it off, or set"
                  + " hrp.producer.timestamp.policy=job so that all attempts publish the same cells"));
    }
  }

  /** A table's name is not serialisable, so it travels as text. */
  private static final class ToOneTable<T> implements ToMutations<T> {
    private static final long serialVersionUID = 1;

    private final String table;
    private final ToMutation<? super T> toMutation;

    ToOneTable(String table, ToMutation<? super T> toMutation) {
      this.table = table;
      this.toMutation = toMutation;
    }

    @Override
    public void publish(T element, TaskOutput output) throws Exception {
      output.publish(TableName.valueOf(table), toMutation.mutationOf(element));
    }
  }
}
