package io.hrp.producer;

import static io.hrp.producer.PublisherFixture.ORDERS;
import static io.hrp.producer.PublisherFixture.TOPIC;
import static io.hrp.producer.PublisherFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hrp.producer.api.MutationRejectedException;
import io.hrp.producer.api.MutationTooLargeException;
import io.hrp.producer.api.TableUnavailableException;
import io.hrp.producer.internal.route.TopicFacts;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can never be published ends in a typed error before anything is sent. */
final class RefusalsTest {
  private static final byte[] F = Bytes.toBytes("f");
  private static final byte[] Q = Bytes.toBytes("q");

  private final PublisherFixture fixture = new PublisherFixture().declared();

  @AfterEach
  void nothingWasSentAndNothingIsReserved() {
    assertThat(fixture.kafka.history()).isEmpty();
    assertThat(fixture.limit.records()).isZero();
    assertThat(fixture.limit.bytes()).isZero();
  }

  @Test
  void aPutOfFiftyMegabytes() {
    Put large = new Put(Bytes.toBytes("r1")).addColumn(F, Q, new byte[50 << 20]);

    MutationTooLargeException refusal =
        catchThrowableOfType(
            MutationTooLargeException.class, () -> fixture.publisher.publish(ORDERS, large));

    assertThat(refusal.sizeBytes()).isGreaterThan(50 << 20);
    assertThat(refusal.limitBytes()).isEqualTo(1 << 20);
  }

  @Test
  void aPutWithoutCells() {
    assertThat(rejected(new Put(Bytes.toBytes("r1"))).reason()).isEqualTo("NO_CELLS");
  }

  @Test
  void aDeleteOfTheNewestVersionWithoutATimestamp() {
    MutationRejectedException refusal =
        catchThrowableOfType(
            MutationRejectedException.class,
            () ->
                fixture.publisher.publish(ORDERS, new Delete(Bytes.toBytes("r1")).addColumn(F, Q)));

    assertThat(refusal.reason()).isEqualTo("LATEST_VERSION_DELETE");
    assertThat(refusal).hasMessageContaining("give the timestamp");
  }

  @Test
  void aTableWithoutATopic() {
    fixture.topics.with(
        TOPIC, TopicFacts.absent(TopicFacts.State.MISSING, new IllegalStateException("none")));

    TableUnavailableException refusal =
        catchThrowableOfType(
            TableUnavailableException.class, () -> fixture.publisher.publish(ORDERS, put("r1")));

    assertThat(refusal.reason()).isEqualTo(TableUnavailableException.Reason.TOPIC_MISSING);
    assertThat(refusal).hasMessageContaining("hrp topic create shop:orders");
  }

  private MutationRejectedException rejected(Put put) {
    return catchThrowableOfType(
        MutationRejectedException.class, () -> fixture.publisher.publish(ORDERS, put));
  }
}
