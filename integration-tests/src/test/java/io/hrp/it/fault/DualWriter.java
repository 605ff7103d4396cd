package io.hrp.it.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.util.Bytes;

/**
 * A program of HBase's API in a process of its own, to be killed: writes a row for each line it
 * reads and answers with the row once the write has returned.
 */
public final class DualWriter {
  private DualWriter() {}

  /**
   * Runs until its input ends.
   *
   * @param args the table, then {@code key=value} of the configuration
   */
  public static void main(String[] args) throws IOException {
    Configuration configuration = HBaseConfiguration.create();
    for (int i = 1; i < args.length; i++) {
      String[] setting = args[i].split("=", 2);
      configuration.set(setting[0], setting[1]);
    }
    BufferedReader rows =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Connection connection = ConnectionFactory.createConnection(configuration);
        Table table = connection.getTable(TableName.valueOf(args[0]))) {
      for (String row = rows.readLine(); row != null; row = rows.readLine()) {
        byte[] bytes = Bytes.toBytes(row);
        table.put(new Put(bytes).addColumn(Bytes.toBytes("a"), Bytes.toBytes("q"), bytes));
        System.out.println(row);
      }
    }
  }
}
