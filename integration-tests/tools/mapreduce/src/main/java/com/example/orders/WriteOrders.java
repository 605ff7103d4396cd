package com.example.orders;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.BufferedMutator;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.util.Bytes;

/** A service that writes its orders by HBase's own API. It names nothing of HRP. */
public final class WriteOrders {
  private static final byte[] FAMILY = Bytes.toBytes("a");
  private static final byte[] STATE = Bytes.toBytes("state");
  private static final byte[] AMOUNT = Bytes.toBytes("amount");
  private static final byte[] NOTE = Bytes.toBytes("note");

  private WriteOrders() {}

  public static void main(String[] args) throws IOException {
    TableName orders = TableName.valueOf(args[0]);
    try (Connection connection = ConnectionFactory.createConnection(HBaseConfiguration.create());
        Table table = connection.getTable(orders);
        BufferedMutator bulk = connection.getBufferedMutator(orders)) {
      for (int number = 0; number < 1_000; number++) {
        bulk.mutate(
            new Put(row(number))
                .addColumn(FAMILY, STATE, Bytes.toBytes("new"))
                .addColumn(FAMILY, AMOUNT, Bytes.toBytes(number * 100L)));
      }
      bulk.flush();

      table.put(new Put(row(1)).addColumn(FAMILY, NOTE, Bytes.toBytes("paid")));
      table.delete(new Delete(row(2)));
      table.mutateRow(
          RowMutations.of(
              List.of(
                  new Delete(row(3)).addColumns(FAMILY, AMOUNT),
                  new Put(row(3)).addColumn(FAMILY, NOTE, Bytes.toBytes("free")))));
    }
  }

  private static byte[] row(int number) {
    return Bytes.toBytes(String.format("order-%06d", number));
  }
}
