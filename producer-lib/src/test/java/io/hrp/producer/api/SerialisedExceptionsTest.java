package io.hrp.producer.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Spark sends the exceptions of its tasks from executor to driver. */
final class SerialisedExceptionsTest {
  private static final TableName ORDERS = TableName.valueOf("shop:orders");

  static HrpProducerException[] exceptions() {
    Put put = new Put(Bytes.toBytes("row"));
    return new HrpProducerException[] {
      new PublishFailedException(
          ORDERS,
          "hrp.shop.orders",
          1,
          PublishFailedException.Outcome.UNKNOWN,
          () -> put,
          new IllegalStateException("gone")),
      new MutationRejectedException(ORDERS, "row", "NO_CELLS", "no cells", new Exception("why")),
      new TableUnavailableException(
          ORDERS, TableUnavailableException.Reason.TOPIC_MISSING, "no topic", null),
      new ControlUnreadableException(ORDERS, Duration.ofSeconds(1)),
      new PublisherClosedException(ORDERS),
    };
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void arriveWithMessageTableAndCause(HrpProducerException sent) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    HrpProducerException arrived;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      arrived = (HrpProducerException) in.readObject();
    }

    assertThat(arrived).hasSameClassAs(sent).hasMessage(sent.getMessage());
    assertThat(arrived.table()).contains(ORDERS);
    assertThat(arrived.getCause() == null).isEqualTo(sent.getCause() == null);
  }
}
