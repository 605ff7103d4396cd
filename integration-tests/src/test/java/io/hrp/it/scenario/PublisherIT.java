package io.hrp.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.it.env.RandomMutations;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.it.env.TestTable.Retention;
import io.hrp.producer.api.ClockSkewException;
import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.ControlUnreadableException;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublishFailedException;
import io.hrp.producer.api.PublisherClosedException;
import io.hrp.producer.api.Receipt;
import io.hrp.wire.RowPartitioner;
import io.hrp.wire.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The publisher against a real broker, also one that stops answering. */
final class PublisherIT {
  private static final long LATEST = HConstants.LATEST_TIMESTAMP;

  @RegisterExtension final Scene scene = new Scene();

  @SuppressWarnings("NullAway.Init") // set before each test
  private TestTable table;

  @BeforeEach
  void declare() {
    table = scene.newTable(Retention.EVERYTHING, "a");
    scene.declare(table);
  }

  @Test
  void aReceiptNamesThePlaceOfTheRecordAndFlushMeansThatAllStand() {
    HrpPublisher publisher = scene.publisher();
    List<Put> puts = new ArrayList<>();
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Put put = put(i);
      receipts.add(publisher.publish(table.name(), put));
      puts.add(put);
    }

    publisher.flush();

    assertThat(receipts).allMatch(CompletableFuture::isDone);
    Map<String, ConsumerRecord<byte[], byte[]>> written = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record :
        scene.broker().read(TopicNames.dataTopic(table.id()))) {
      written.put(record.partition() + "/" + record.offset(), record);
    }
    assertThat(written).hasSize(500);
    for (CompletableFuture<Receipt> future : receipts) {
      Receipt receipt = future.join();
      ConsumerRecord<byte[], byte[]> record =
          written.remove(receipt.partition() + "/" + receipt.offset());
      assertThat(record).isNotNull();
      assertThat(record.key()).isEqualTo(((Put) receipt.stampedMutation()).getRow());
      assertThat(record.partition())
          .isEqualTo(RowPartitioner.partition(record.key(), table.partitions()));
    }
    assertThat(puts).as("the caller's own objects").allMatch(put -> put.getTimestamp() == LATEST);
    CloseReport report = publisher.close(Duration.ofSeconds(10));
    assertThat(report.acknowledged()).isEqualTo(500);
    assertThat(report.isComplete()).isTrue();
    assertThatThrownBy(() -> publisher.publish(table.name(), put(0)))
        .isInstanceOf(PublisherClosedException.class);
  }

  @Test
  void closeKeepsItsDeadlineOnAFrozenBrokerAndAccountsForEveryMutation()
      throws InterruptedException, ExecutionException, TimeoutException {
    HrpPublisher publisher = scene.publisher();
    List<CompletableFuture<Receipt>> outcomes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      outcomes.add(publisher.publish(table.name(), put(i)));
    }
    publisher.flush();
    scene.broker().process().freeze();
    for (int i = 200; i < 500; i++) {
      outcomes.add(publisher.publish(table.name(), put(i)));
    }

    long begin = System.nanoTime();
    CloseReport report = publisher.close(Duration.ofSeconds(2));
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    scene.broker().process().thaw();

    assertThat(took).isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(4));
    assertThat(report.acknowledged()).isEqualTo(200);
    assertThat(report.failed() + report.unknown()).isEqualTo(300);
    Set<String> missing = new HashSet<>();
    for (CompletableFuture<Receipt> outcome : outcomes) {
      outcome
          .handle(
              (receipt, failed) -> {
                if (failed instanceof PublishFailedException failure) {
                  missing.add(Bytes.toString(((Put) failure.stampedMutation()).getRow()));
                }
                return true;
              })
          .get(10, TimeUnit.SECONDS);
    }
    assertThat(missing).hasSize(300);
    assertThat(outcomes.subList(0, 200)).noneMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(outcomes.subList(200, 500)).allMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Test
  void aBrokerThatWakesAgainTakesWhatWasPublishedMeanwhile() {
    HrpPublisher publisher = scene.publisher();
    publisher.publish(table.name(), put(0)).join();
    scene.broker().process().freeze();
    List<CompletableFuture<Receipt>> outcomes = new ArrayList<>();
    for (int i = 1; i < 100; i++) {
      outcomes.add(publisher.publish(table.name(), put(i)));
    }
    assertThat(outcomes).noneMatch(CompletableFuture::isDone);

    scene.broker().process().thaw();
    publisher.flush();

    assertThat(outcomes).allMatch(CompletableFuture::isDone);
    assertThat(outcomes).noneMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(scene.broker().read(TopicNames.dataTopic(table.id()))).hasSize(100);
  }

  @Test
  void withoutControlNothingIsPublishedAndTheCallerHearsAfterMaxBlock() {
    HrpPublisher publisher =
        scene.publisher(
            options -> options.bootstrapServers("127.0.0.1:1").maxBlock(Duration.ofSeconds(1)));

    long begin = System.nanoTime();
    assertThatThrownBy(() -> publisher.publish(table.name(), put(0)))
        .isInstanceOf(ControlUnreadableException.class)
        .hasMessageContaining("hrp-control");
    Duration took = Duration.ofNanos(System.nanoTime() - begin);

    assertThat(took).isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
    assertThat(publisher.close(Duration.ofSeconds(1)).acknowledged()).isZero();
  }

  @Test
  void theBrokersAppendTimeTellsThatTheClockIsWrong() {
    HrpPublisher publisher =
        scene.publisher(
            options -> options.clock(Clock.offset(Clock.systemUTC(), Duration.ofHours(1))));

    publisher.publish(table.name(), put(0)).join();

    assertThatThrownBy(() -> publisher.publish(table.name(), put(1)))
        .isInstanceOfSatisfying(
            ClockSkewException.class,
            refusal ->
                assertThat(refusal.skew())
                    .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61)));
    Put explicit = new Put(RandomMutations.row(2));
    explicit.addColumn(Bytes.toBytes("a"), Bytes.toBytes("q"), 7, Bytes.toBytes("v"));
    assertThat(publisher.publish(table.name(), explicit).join().timestamp()).isEqualTo(LATEST);
  }

  private static Put put(int number) {
    return new Put(RandomMutations.row(number))
        .addColumn(Bytes.toBytes("a"), Bytes.toBytes("q"), Bytes.toBytes(number));
  }
}
