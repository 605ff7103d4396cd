package shop;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.io.ImmutableBytesWritable;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/** The mutations of one order; in the middle of a task it may meet trouble, in its first attempt. */
final class OrderMutations
    implements PairFlatMapFunction<Integer, ImmutableBytesWritable, Mutation> {
  private static final long serialVersionUID = 1;
  private static final byte[] A = Bytes.toBytes("a");
  private static final byte[] B = Bytes.toBytes("b");

  private final long timestamp;
  private final String trouble;

  /**
   * @param timestamp of every cell; 0 for none
   * @param trouble halt, throw, sleep or none
   */
  OrderMutations(long timestamp, String trouble) {
    this.timestamp = timestamp;
    this.trouble = trouble;
  }

  @Override
  public Iterator<Tuple2<ImmutableBytesWritable, Mutation>> call(Integer number)
      throws InterruptedException {
    List<Tuple2<ImmutableBytesWritable, Mutation>> pairs = new ArrayList<>();
    for (Mutation mutation : of(number)) {
      pairs.add(new Tuple2<>(new ImmutableBytesWritable(mutation.getRow()), mutation));
    }
    return pairs.iterator();
  }

  List<Mutation> of(int number) throws InterruptedException {
    if (number % 1_000 == 500 && TaskContext.get().attemptNumber() == 0) {
      meetTrouble();
    }
    byte[] row = Bytes.toBytes(String.format("order-%05d", number * 7_919 % 100_000));
    Put put = new Put(row);
    Delete delete = new Delete(row);
    if (timestamp == 0) {
      put.addColumn(A, Bytes.toBytes("number"), Bytes.toBytes(number));
      put.addColumn(B, Bytes.toBytes("text"), Bytes.toBytes("order " + number));
      delete.addColumns(B, Bytes.toBytes("draft"));
    } else {
      put.addColumn(A, Bytes.toBytes("number"), timestamp, Bytes.toBytes(number));
      put.addColumn(B, Bytes.toBytes("text"), timestamp, Bytes.toBytes("order " + number));
      delete.addColumns(B, Bytes.toBytes("draft"), timestamp);
    }
    return number % 10 == 0 ? List.of(put, delete) : List.of(put);
  }

  private void meetTrouble() throws InterruptedException {
    int partition = TaskContext.getPartitionId();
    if (trouble.equals("halt") && partition == 1) {
      // Long enough for what was published to reach Kafka.
      Thread.sleep(1_000);
      Runtime.getRuntime().halt(3);
    }
    if (trouble.equals("throw") && partition == 1) {
      throw new IllegalStateException("in the middle of a task");
    }
    if (trouble.equals("sleep") && partition == 0) {
      Thread.sleep(60_000);
    }
  }
}
