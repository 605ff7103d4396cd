package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.it.env.DropIn;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.it.env.TestTable.Retention;
import io.hrp.wire.TopicNames;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code hrp topic close --policy direct} seen by a program of HBase's API. */
final class SteppingAsideIT {
  private static final byte[] A = Bytes.toBytes("a");
  private static final Duration TOLD = Duration.ofSeconds(20);

  @RegisterExtension final Scene scene = new Scene();

  @Test
  void writesPassKafkaByWhileTheTopicIsClosedAndComeBackWhenItIsOpened() throws IOException {
    TestTable table = scene.newTable(Retention.EVERYTHING, "a");
    scene.createOn(scene.east().cluster(), table);
    scene.declare(table);
    Steering steering = new Steering(scene);
    try (Connection connection =
            ConnectionFactory.createConnection(
                DropIn.configuration(
                    scene.broker(),
                    scene.east().cluster().clientSettings(),
                    Map.of("tables.publish-only", table.id().toString())));
        Table hbase = connection.getTable(table.name())) {
      hbase.put(put("published"));
      assertThat(records(table)).isEqualTo(1);
      assertThat(hbase.exists(new Get(Bytes.toBytes("published")))).isFalse();

      steering.succeed("topic", "close", table.id().toString(), "--policy=direct", "--why=a test");
      await().atMost(TOLD).until(() -> standsInTheCluster(hbase, "aside"));
      int published = records(table);
      hbase.put(put("aside2"));
      assertThat(hbase.exists(new Get(Bytes.toBytes("aside2")))).isTrue();
      assertThat(records(table)).isEqualTo(published);

      steering.succeed("topic", "open", table.id().toString());
      await()
          .atMost(TOLD)
          .until(
              () -> {
                hbase.put(put("back"));
                return records(table) > published;
              });
    }
  }

  private static boolean standsInTheCluster(Table hbase, String row) throws IOException {
    hbase.put(put(row));
    return hbase.exists(new Get(Bytes.toBytes(row)));
  }

  private int records(TestTable table) {
    return scene.broker().read(TopicNames.dataTopic(table.id())).size();
  }

  private static Put put(String row) {
    return new Put(Bytes.toBytes(row)).addColumn(A, A, Bytes.toBytes(row));
  }
}
