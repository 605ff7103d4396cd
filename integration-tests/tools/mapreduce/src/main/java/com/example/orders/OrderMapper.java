package com.example.orders;

import java.io.IOException;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.io.ImmutableBytesWritable;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;

/**
 * Turns lines of the form {@code number,state,amount} into puts, and cancelled ones into deletes.
 */
public final class OrderMapper
    extends Mapper<LongWritable, Text, ImmutableBytesWritable, Mutation> {
  private static final byte[] FAMILY = Bytes.toBytes("a");

  @Override
  protected void map(LongWritable offset, Text line, Context context)
      throws IOException, InterruptedException {
    String[] fields = line.toString().split(",", -1);
    byte[] row = Bytes.toBytes(fields[0]);
    Mutation mutation =
        fields[1].equals("cancelled")
            ? new Delete(row)
            : new Put(row)
                .addColumn(FAMILY, Bytes.toBytes("state"), Bytes.toBytes(fields[1]))
                .addColumn(FAMILY, Bytes.toBytes("amount"), Bytes.toBytes(fields[2]));
    context.write(new ImmutableBytesWritable(row), mutation);
  }
}
