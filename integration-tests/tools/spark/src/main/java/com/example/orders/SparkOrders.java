package com.example.orders;

import io.hrp.producer.spark.PublishCounts;
import io.hrp.producer.spark.SparkPublish;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Publishes lines of the form {@code number,state,amount} from Spark. */
public final class SparkOrders {
  private static final byte[] FAMILY = Bytes.toBytes("a");

  private SparkOrders() {}

  public static void main(String[] args) {
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("orders"))) {
      JavaRDD<String> orders = spark.textFile(args[0]);
      PublishCounts counts =
          SparkPublish.of(orders)
              .set("hrp.producer.timestamp.policy", "job")
              .to(args[1], SparkOrders::mutationOf);
      System.out.println("mutations=" + counts.mutations() + " cells=" + counts.cells());
    }
  }

  private static Mutation mutationOf(String line) {
    String[] fields = line.split(",", -1);
    byte[] row = Bytes.toBytes(fields[0]);
    return fields[1].equals("cancelled")
        ? new Delete(row)
        : new Put(row)
            .addColumn(FAMILY, Bytes.toBytes("state"), Bytes.toBytes(fields[1]))
            .addColumn(FAMILY, Bytes.toBytes("amount"), Bytes.toBytes(fields[2]));
  }
}
