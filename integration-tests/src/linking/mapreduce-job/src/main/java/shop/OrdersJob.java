package shop;

import io.hrp.producer.mapreduce.HrpOutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.io.ImmutableBytesWritable;
import org.apache.hadoop.hbase.mapreduce.TableOutputFormat;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.NLineInputFormat;
import org.apache.hadoop.mapreduce.v2.MiniMRYarnCluster;

/**
 * Writes the same orders as often as it has arguments, on a YARN of this process. Each says how, as
 * {@code output,table,timestamp,trouble}; what came of it is printed as one line. Settings of HBase
 * and HRP are system properties.
 */
public final class OrdersJob {
  private static final int ORDERS = 3_000;
  private static final String TIMESTAMP = "shop.timestamp";
  private static final String TROUBLE = "shop.trouble";

  private OrdersJob() {}

  public static void main(String[] args) throws Exception {
    Path input = Files.createTempFile("orders", ".txt");
    Files.write(
        input,
        IntStream.range(0, ORDERS).mapToObj(Integer::toString).collect(Collectors.toList()));
    MiniMRYarnCluster yarn = new MiniMRYarnCluster("orders", 1);
    yarn.init(small());
    yarn.start();
    try {
      for (String arg : args) {
        Configuration configuration = HBaseConfiguration.create(yarn.getConfig());
        System.getProperties()
            .forEach(
                (key, value) -> {
                  if (key.toString().startsWith("hbase.") || key.toString().startsWith("hrp.")) {
                    configuration.set(key.toString(), value.toString());
                  }
                });
        try {
          System.out.println("step " + arg + ": " + run(arg.split(","), configuration, input));
        } catch (IOException e) {
          System.out.println("step " + arg + ": failed: " + e.getMessage());
        }
      }
    } finally {
      yarn.stop();
      Files.delete(input);
    }
  }

  /** A cluster that fits beside others on a machine of two cores. */
  private static Configuration small() {
    Configuration configuration = new Configuration();
    configuration.set("fs.defaultFS", "file:///");
    configuration.setInt("yarn.nodemanager.resource.memory-mb", 1_600);
    configuration.setInt("yarn.scheduler.minimum-allocation-mb", 128);
    configuration.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    configuration.setInt("yarn.app.mapreduce.am.resource.mb", 512);
    configuration.set("yarn.app.mapreduce.am.command-opts", "-Xmx384m");
    configuration.setInt("mapreduce.map.memory.mb", 512);
    configuration.set("mapreduce.map.java.opts", "-Xmx256m");
    configuration.setInt("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", 100);
    configuration.setInt("yarn.app.mapreduce.am.scheduler.heartbeat.interval-ms", 100);
    configuration.setInt("mapreduce.client.progressmonitor.pollinterval", 200);
    configuration.setInt("mapreduce.client.completion.pollinterval", 200);
    configuration.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99.5");
    configuration.setInt("yarn.nodemanager.log.retain-seconds", 1);
    return configuration;
  }

  private static String run(String[] step, Configuration configuration, Path input)
      throws Exception {
    configuration.set(TableOutputFormat.OUTPUT_TABLE, step[1]);
    configuration.set(TIMESTAMP, step[2]);
    configuration.set(TROUBLE, step[3]);
    if (step[0].equals("job-policy")) {
      configuration.set("hrp.producer.timestamp.policy", "job");
    }
    Job job = Job.getInstance(configuration, "orders");
    job.setJarByClass(OrdersJob.class);
    job.setMapperClass(OrderMapper.class);
    job.setNumReduceTasks(0);
    job.setInputFormatClass(NLineInputFormat.class);
    NLineInputFormat.setNumLinesPerSplit(job, ORDERS / 3);
    NLineInputFormat.addInputPath(job, new org.apache.hadoop.fs.Path(input.toUri()));
    job.setOutputKeyClass(ImmutableBytesWritable.class);
    job.setOutputValueClass(Mutation.class);
    job.setOutputFormatClass(
        step[0].equals("stock") ? TableOutputFormat.class : HrpOutputFormat.class);
    boolean done = job.waitForCompletion(false);
    long acknowledged = job.getCounters().findCounter("HRP", "MUTATIONS_ACKNOWLEDGED").getValue();
    return (done ? "ok" : "failed") + " acknowledged=" + acknowledged;
  }

  /** One put for each order; the first attempt of the second task dies in its middle if asked to. */
  public static final class OrderMapper
      extends Mapper<LongWritable, Text, ImmutableBytesWritable, Mutation> {
    @Override
    protected void map(LongWritable offset, Text line, Context context)
        throws IOException, InterruptedException {
      int number = Integer.parseInt(line.toString());
      TaskAttemptID attempt = context.getTaskAttemptID();
      if (number == 1_500
          && attempt.getId() == 0
          && context.getConfiguration().get(TROUBLE, "").equals("halt")) {
        // Long enough for what was published to reach Kafka.
        Thread.sleep(1_000);
        Runtime.getRuntime().halt(3);
      }
      long timestamp = context.getConfiguration().getLong(TIMESTAMP, 0);
      byte[] row = Bytes.toBytes(String.format("order-%05d", number * 7_919 % 100_000));
      byte[] family = Bytes.toBytes("a");
      byte[] qualifier = Bytes.toBytes("number");
      Put put =
          timestamp == 0
              ? new Put(row).addColumn(family, qualifier, Bytes.toBytes(number))
              : new Put(row).addColumn(family, qualifier, timestamp, Bytes.toBytes(number));
      context.write(new ImmutableBytesWritable(row), put);
    }
  }
}
