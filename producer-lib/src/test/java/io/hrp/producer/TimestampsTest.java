package io.hrp.producer;

import static io.hrp.producer.PublisherFixture.NOW;
import static io.hrp.producer.PublisherFixture.ORDERS;
import static io.hrp.producer.PublisherFixture.options;
import static io.hrp.producer.PublisherFixture.put;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.codahale.metrics.Gauge;
import io.hrp.producer.api.ClockSkewException;
import io.hrp.producer.api.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Test;

final class TimestampsTest {
  @Test
  void tenThousandDeletesASecondOfDifferentRowsDoNotRunTheClockAhead() {
    PublisherFixture fixture = new PublisherFixture().declared();
    List<CompletableFuture<Receipt>> futures = new ArrayList<>();
    List<Long> clock = new ArrayList<>();

    for (int i = 0; i < 10_000; i++) {
      if (i % 10 == 0) {
        fixture.time.advance(Duration.ofMillis(1));
      }
      clock.add(fixture.time.millis());
      futures.add(fixture.publisher.publish(ORDERS, new Delete(Bytes.toBytes("row" + i))));
    }
    fixture.kafka.acknowledgeAll();

    assertThat(futures.stream().map(future -> future.join().timestamp())).isEqualTo(clock);
  }

  @Test
  void oneRowTakesAThousandTimestampsASecondAheadAndThenBlocks() {
    PublisherFixture fixture = new PublisherFixture().declared();
    List<CompletableFuture<Receipt>> futures = new ArrayList<>();

    for (int i = 0; i <= 1_000; i++) {
      futures.add(fixture.publisher.publish(ORDERS, put("r1")));
    }
    assertThat(fixture.time.millis()).isEqualTo(NOW);
    for (int i = 0; i < 50; i++) {
      futures.add(fixture.publisher.publish(ORDERS, put("r1")));
    }
    assertThat(fixture.time.millis()).isEqualTo(NOW + 50);
    fixture.kafka.acknowledgeAll();

    for (int i = 0; i < futures.size(); i++) {
      assertThat(futures.get(i).join().timestamp()).isEqualTo(NOW + i);
    }
  }

  @Test
  void aClockThatWasSetIsNoticedBeforeATimestampIsTakenFromIt() {
    PublisherFixture fixture = new PublisherFixture().declared();
    fixture.publisher.publish(ORDERS, put("r1"));
    fixture.time.setWall(NOW + Duration.ofHours(2).toMillis());

    ClockSkewException refusal =
        catchThrowableOfType(
            ClockSkewException.class, () -> fixture.publisher.publish(ORDERS, put("r1")));

    assertThat(refusal.skew()).isBetween(Duration.ofMinutes(119), Duration.ofHours(2));
    assertThat(refusal)
        .hasMessageContaining("ms ahead")
        .hasMessageContaining("hrp.producer.timestamp.max-skew-ms");
    assertThat(refusal.isRetriable()).isTrue();
    assertThat((Double) gauge(fixture).getValue()).isBetween(7_100.0, 7_200.0);
    assertThat(fixture.kafka.history()).hasSize(1);
    assertThat(fixture.limit.records()).isEqualTo(1);
    assertThat(
            fixture
                .options
                .metrics()
                .counter(
                    "hrp_producer_mutations_refused_total{table=shop:orders,reason=clock_skew}")
                .getCount())
        .isEqualTo(1);
  }

  @Test
  void explicitTimestampsArePublishedWhateverTheClockSays() {
    PublisherFixture fixture = new PublisherFixture().declared();
    fixture.time.setWall(NOW + Duration.ofHours(2).toMillis());
    Put put = new Put(Bytes.toBytes("r1"));
    put.addColumn(Bytes.toBytes("f"), Bytes.toBytes("q"), 5, Bytes.toBytes("v"));

    assertThatCode(() -> fixture.publisher.publish(ORDERS, put)).doesNotThrowAnyException();
  }

  @Test
  void goesOnOnceTheClockIsRightAgain() {
    PublisherFixture fixture = new PublisherFixture().declared();
    fixture.publisher.publish(ORDERS, put("r1"));
    fixture.time.setWall(NOW - Duration.ofHours(2).toMillis());
    assertThatThrownBy(() -> fixture.publisher.publish(ORDERS, put("r1")))
        .isInstanceOf(ClockSkewException.class)
        .hasMessageContaining("ms behind");

    fixture.time.setWall(NOW + 5);

    CompletableFuture<Receipt> future = fixture.publisher.publish(ORDERS, put("r1"));
    fixture.kafka.acknowledgeAll();
    assertThat(future.join().timestamp()).isEqualTo(NOW + 5);
  }

  @SuppressWarnings("rawtypes") // as the registry has it
  private static Gauge gauge(PublisherFixture fixture) {
    return requireNonNull(
        fixture.options.metrics().getGauges().get("hrp_producer_clock_skew_seconds"));
  }

  @Test
  void aSkewOfItsOwnMeasureMayBeAllowed() {
    PublisherFixture fixture =
        new PublisherFixture(options().maxSkew(Duration.ofHours(3))).declared();
    fixture.time.setWall(NOW + Duration.ofHours(2).toMillis());

    assertThatCode(() -> fixture.publisher.publish(ORDERS, put("r1"))).doesNotThrowAnyException();
  }
}
