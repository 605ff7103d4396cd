package io.hrp.producer.hbase;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.util.Bytes;

/** A connection of HRP's between a fake publisher and a fake cluster, which share one log. */
final class DropInFixture {
  static final TableName ORDERS = TableName.valueOf("shop:orders");
  static final byte[] F = Bytes.toBytes("f");
  static final byte[] Q = Bytes.toBytes("q");

  final List<String> log = Collections.synchronizedList(new ArrayList<>());
  final AnsweringPublisher kafka = new AnsweringPublisher(log);
  final FakeCluster cluster = new FakeCluster(log);
  final Configuration configuration = new Configuration(false);
  final HrpConnection connection;

  private DropInFixture(Map<String, String> keys) {
    configuration.set("hrp.producer.kafka.bootstrap.servers", "localhost:1");
    keys.forEach((key, value) -> configuration.set("hrp.producer." + key, value));
    connection = new HrpConnection(configuration, cluster.real(), options -> kafka);
  }

  static DropInFixture with(Map<String, String> keys) {
    return new DropInFixture(keys);
  }

  static DropInFixture publishOnly() {
    return with(Map.of("tables.publish-only", "shop:*"));
  }

  static DropInFixture dual() {
    return with(Map.of("tables.dual", "shop:*"));
  }

  Table table() throws IOException {
    return connection.getTable(ORDERS);
  }

  static Put put(String row) {
    return new Put(Bytes.toBytes(row)).addColumn(F, Q, Bytes.toBytes("v"));
  }

  static Delete delete(String row) {
    return new Delete(Bytes.toBytes(row)).addColumns(F, Q);
  }

  /** The timestamp of a mutation's first cell. */
  static long timestampOf(Row mutation) {
    Mutation first =
        mutation instanceof RowMutations
            ? ((RowMutations) mutation).getMutations().get(0)
            : (Mutation) mutation;
    return first.getFamilyCellMap().values().iterator().next().get(0).getTimestamp();
  }
}
