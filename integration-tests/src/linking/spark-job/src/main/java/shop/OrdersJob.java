package shop;

import io.hrp.producer.mapreduce.HrpOutputFormat;
import io.hrp.producer.spark.PublishCounts;
import io.hrp.producer.spark.SparkPublish;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.mapreduce.TableOutputFormat;
import org.apache.hadoop.mapreduce.Job;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Writes the same orders as often as it has arguments. Each says how, as {@code
 * output,table,timestamp,trouble}; what came of it is printed as one line.
 */
public final class OrdersJob {
  private static final int ORDERS = 4_000;

  private OrdersJob() {}

  public static void main(String[] args) {
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("orders"))) {
      List<Integer> numbers = IntStream.range(0, ORDERS).boxed().collect(Collectors.toList());
      JavaRDD<Integer> orders = spark.parallelize(numbers, 4);
      for (String arg : args) {
        String[] step = arg.split(",");
        Configuration configuration = HBaseConfiguration.create(spark.hadoopConfiguration());
        OrderMutations mutations = new OrderMutations(Long.parseLong(step[2]), step[3]);
        try {
          System.out.println("step " + arg + ": " + run(step, orders, configuration, mutations));
        } catch (IOException | RuntimeException e) {
          System.out.println("step " + arg + ": failed: " + e.getMessage());
        }
      }
    }
  }

  private static String run(
      String[] step, JavaRDD<Integer> orders, Configuration configuration, OrderMutations mutations)
      throws IOException {
    String table = step[1];
    switch (step[0]) {
      case "stock":
        save(orders, configuration, table, mutations, TableOutputFormat.class);
        return "ok";
      case "line":
        save(orders, configuration, table, mutations, HrpOutputFormat.class);
        return "ok";
      case "job-policy":
        configuration.set("hrp.producer.timestamp.policy", "job");
        save(orders, configuration, table, mutations, HrpOutputFormat.class);
        return "ok";
      case "setting":
        configuration.set(
            "hbase.client.connection.impl", "io.hrp.producer.hbase.HrpConnection");
        configuration.set("hrp.producer.tables.publish-only", table);
        save(orders, configuration, table, mutations, TableOutputFormat.class);
        return "ok";
      case "helper":
        PublishCounts counts =
            SparkPublish.of(orders)
                .toTables(
                    (number, output) -> {
                      for (Mutation mutation : mutations.of(number)) {
                        output.publish(TableName.valueOf(table), mutation);
                      }
                    });
        return "ok mutations=" + counts.mutations() + " cells=" + counts.cells();
      case "scala":
        return "ok mutations=" + callScala(table);
      default:
        throw new IllegalArgumentException(step[0]);
    }
  }

  /** Compiled after this class, so called by name. */
  private static Object callScala(String table) {
    try {
      return Class.forName("shop.PublishOrders")
          .getMethod("publish", SparkSession.class, String.class)
          .invoke(null, SparkSession.builder().getOrCreate(), table);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
    }
  }

  /** The job as it always was; its output format is the one line that may differ. */
  @SuppressWarnings("rawtypes")
  private static void save(
      JavaRDD<Integer> orders,
      Configuration configuration,
      String table,
      OrderMutations mutations,
      Class<? extends org.apache.hadoop.mapreduce.OutputFormat> outputFormat)
      throws IOException {
    Job job = Job.getInstance(configuration);
    job.getConfiguration().set(TableOutputFormat.OUTPUT_TABLE, table);
    job.setOutputFormatClass(outputFormat);
    orders.flatMapToPair(mutations).saveAsNewAPIHadoopDataset(job.getConfiguration());
  }
}
