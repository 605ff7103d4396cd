package io.hrp.producer;

import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.internal.limit.InFlightLimit;
import io.hrp.producer.internal.send.RecordSender;
import io.hrp.producer.testing.FakeControl;
import io.hrp.producer.testing.FakeKafka;
import io.hrp.producer.testing.FakeTopics;
import io.hrp.producer.testing.ManualTime;
import io.hrp.wire.TableId;
import io.hrp.wire.WriterHeader;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.util.Bytes;

/** A publisher of the real parts on fake edges, with one table declared. */
final class PublisherFixture {
  static final TableName ORDERS = TableName.valueOf("shop:orders");
  static final TableId ORDERS_ID = TableId.of("shop", "orders");
  static final String TOPIC = "hrp.shop.orders";
  static final int PARTITIONS = 4;
  static final long NOW = 1_700_000_000_000L;

  final ManualTime time = new ManualTime(NOW);
  final FakeControl control = new FakeControl();
  final FakeTopics topics = new FakeTopics().with(TOPIC, PARTITIONS, 1 << 20);
  final FakeKafka kafka = new FakeKafka(TOPIC, PARTITIONS);
  final AtomicInteger closesOfTheRest = new AtomicInteger();
  final PublisherOptions options;
  final TopicPublisher publisher;
  final InFlightLimit limit;

  /** Runs before every sleep. */
  volatile Runnable onSleep = () -> {};

  PublisherFixture() {
    this(options());
  }

  PublisherFixture(PublisherOptions.Builder builder) {
    this.options = builder.clock(time).build();
    PublisherParts parts =
        new PublisherParts(
            options,
            new PublisherParts.Edges(
                new RecordSender(kafka, System::nanoTime, WriterHeader.value(options.writer())),
                control,
                topics),
            new Waiting(time, this::tick, this::sleep, options.maxBlock(), options.maxSkew()),
            1 << 20);
    limit = parts.limit();
    publisher = new TopicPublisher(parts, closesOfTheRest::incrementAndGet, options.closeTimeout());
  }

  static PublisherOptions.Builder options() {
    return PublisherOptions.builder()
        .bootstrapServers("localhost:1")
        .maxBlock(Duration.ofSeconds(5))
        .closeTimeout(Duration.ofSeconds(5));
  }

  /** Time passes a little whenever someone looks, so that bounded waits end. */
  private long tick() {
    time.advanceTicker(Duration.ofNanos(100_000));
    return time.nanoTime();
  }

  private void sleep(Duration duration) {
    onSleep.run();
    time.advance(duration);
  }

  PublisherFixture declared() {
    control.declare(ORDERS_ID, PARTITIONS);
    return this;
  }

  static Put put(String row) {
    return new Put(Bytes.toBytes(row))
        .addColumn(Bytes.toBytes("f"), Bytes.toBytes("q"), Bytes.toBytes("v"));
  }
}
