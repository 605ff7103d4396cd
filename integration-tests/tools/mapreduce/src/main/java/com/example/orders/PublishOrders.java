package com.example.orders;

import io.hrp.producer.mapreduce.HrpOutputFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/** The same job through HRP: one line and its import differ. */
public final class PublishOrders {
  private PublishOrders() {}

  public static void main(String[] args) throws Exception {
    Configuration configuration = HBaseConfiguration.create();
    configuration.set("hbase.mapred.outputtable", args[1]);
    Job job = Job.getInstance(configuration, "import orders");
    job.setJarByClass(PublishOrders.class);
    job.setMapperClass(OrderMapper.class);
    job.setNumReduceTasks(0);
    job.setOutputFormatClass(HrpOutputFormat.class);
    FileInputFormat.addInputPath(job, new Path(args[0]));
    System.exit(job.waitForCompletion(true) ? 0 : 1);
  }
}
