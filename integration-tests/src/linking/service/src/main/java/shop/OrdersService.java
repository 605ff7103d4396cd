package shop;

import io.hrp.producer.HrpPublishers;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublisherOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.BufferedMutator;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.util.Bytes;

/**
 * Writes the same orders to three tables: to HBase itself, through HRP by one setting, and with
 * HRP's publisher. Arguments are the tables; settings of HBase and HRP are system properties.
 */
public final class OrdersService {
  private static final int ORDERS = 1_000;
  private static final long TIMESTAMP = 1_700_000_000_000L;

  private OrdersService() {}

  public static void main(String[] args) throws IOException {
    Configuration configuration = HBaseConfiguration.create();
    PublisherOptions.Builder options = PublisherOptions.builder();
    System.getProperties()
        .forEach(
            (key, value) -> {
              if (key.toString().startsWith("hbase.") || key.toString().startsWith("hrp.")) {
                configuration.set(key.toString(), value.toString());
              }
            });
    write(configuration, TableName.valueOf(args[0]));

    Configuration switched = new Configuration(configuration);
    switched.set("hbase.client.connection.impl", "io.hrp.producer.hbase.HrpConnection");
    switched.set("hrp.producer.tables.publish-only", args[1]);
    write(switched, TableName.valueOf(args[1]));

    options.bootstrapServers(
        configuration.get("hrp.producer.kafka.bootstrap.servers", "localhost:9092"));
    try (HrpPublisher publisher = HrpPublishers.create(options.build())) {
      for (Mutation order : orders()) {
        publisher.publish(TableName.valueOf(args[2]), order);
      }
    }
    System.out.println("all written");
  }

  private static void write(Configuration configuration, TableName table) throws IOException {
    try (Connection connection = ConnectionFactory.createConnection(configuration);
        BufferedMutator mutator = connection.getBufferedMutator(table)) {
      mutator.mutate(orders());
    }
  }

  private static List<Mutation> orders() {
    List<Mutation> orders = new ArrayList<>();
    for (int number = 0; number < ORDERS; number++) {
      orders.add(
          new Put(Bytes.toBytes("order-" + number))
              .addColumn(
                  Bytes.toBytes("a"),
                  Bytes.toBytes("number"),
                  TIMESTAMP,
                  Bytes.toBytes(number)));
    }
    return orders;
  }
}
