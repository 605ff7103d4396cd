package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.hrp.it.env.RandomMutations;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.it.env.TestTable.Retention;
import io.hrp.producer.api.BackPressureException;
import io.hrp.producer.api.CloseReport;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.PublishFailedException;
import io.hrp.producer.api.TableUnavailableException;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A broker that is gone for a minute under load: all is delivered or reported. */
@Tag("long")
final class BrokerOutageIT {
  private static final long MAX_IN_FLIGHT_BYTES = 256L << 10;
  private static final Duration MAX_BLOCK = Duration.ofSeconds(5);
  private static final Duration OUTAGE = Duration.ofMinutes(1);

  @RegisterExtension final Scene scene = new Scene();

  /** Where every mutation ended, by row. */
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  private final Set<String> notWritten = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Queue<CompletableFuture<String>> outcomes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger rows = new AtomicInteger();
  private final AtomicLong longestBlockNanos = new AtomicLong();
  private volatile boolean ended;

  @Test
  void everyMutationIsDeliveredOrReportedAndMemoryStaysBounded() throws InterruptedException {
    TestTable table = scene.newTable(Retention.EVERYTHING, "a");
    scene.declare(table);
    MetricRegistry metrics = new MetricRegistry();
    HrpPublisher publisher =
        scene.publisher(
            options ->
                options
                    .metrics(metrics)
                    .maxBlock(MAX_BLOCK)
                    .maxInFlightBytes(MAX_IN_FLIGHT_BYTES)
                    .kafka("max.request.size", "131072")
                    .kafka("delivery.timeout.ms", "20000")
                    .kafka("request.timeout.ms", "5000"));
    Thread first = writer(publisher, table);
    Thread second = writer(publisher, table);
    await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() > 1_000);

    scene.broker().process().kill9();
    long highestBytes = 0;
    long back = System.nanoTime() + OUTAGE.toNanos();
    while (System.nanoTime() < back) {
      highestBytes = Math.max(highestBytes, bytesInFlight(metrics));
      LockSupport.parkNanos(5_000_000);
    }
    scene.broker().process().start();
    int before = acknowledged.size();
    await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.size() > before + 1_000);
    ended = true;
    first.join();
    second.join();
    CloseReport report = publisher.close(Duration.ofMinutes(1));
    outcomes.forEach(CompletableFuture::join);

    System.err.printf(
        "outage: rows=%d acknowledged=%d notWritten=%d unknown=%d refused=%d highestBytes=%d"
            + " longestBlockMs=%d%n",
        rows.get(),
        acknowledged.size(),
        notWritten.size(),
        unknown.size(),
        refused.size(),
        highestBytes,
        longestBlockNanos.get() / 1_000_000);
    assertThat(refused).as("refused while the broker was gone").isNotEmpty();
    assertThat(acknowledged.size() + notWritten.size() + unknown.size() + refused.size())
        .isEqualTo(rows.get());
    assertThat(report.acknowledged()).isEqualTo(acknowledged.size());
    assertThat(report.failed()).isEqualTo(notWritten.size());
    assertThat(report.unknown()).isEqualTo(unknown.size());
    Set<String> standing = new HashSet<>();
    scene
        .broker()
        .read(TopicNames.dataTopic(table.id()))
        .forEach(record -> standing.add(Bytes.toString(record.key())));
    assertThat(standing).containsAll(acknowledged);
    assertThat(standing).noneMatch(notWritten::contains);
    assertThat(standing).noneMatch(refused::contains);
    // A record may grow after room was reserved for it, by one for each of the two threads.
    assertThat(highestBytes).isLessThanOrEqualTo(MAX_IN_FLIGHT_BYTES + 2 * 4_096);
    assertThat(Duration.ofNanos(longestBlockNanos.get()))
        .as(
            "a call waits for the topic, for room, for its row and for Kafka, each no longer than that")
        .isLessThan(MAX_BLOCK.multipliedBy(4).plusSeconds(2));
  }

  private Thread writer(HrpPublisher publisher, TestTable table) {
    Thread thread = new Thread(() -> write(publisher, table), "writer");
    thread.start();
    return thread;
  }

  private void write(HrpPublisher publisher, TestTable table) {
    while (!ended) {
      byte[] row = RandomMutations.row(rows.getAndIncrement());
      String name = Bytes.toString(row);
      Put put = new Put(row).addColumn(Bytes.toBytes("a"), Bytes.toBytes("q"), new byte[1_000]);
      long begin = System.nanoTime();
      try {
        outcomes.add(
            publisher
                .publish(table.name(), put)
                .handle(
                    (receipt, failure) -> {
                      if (failure instanceof PublishFailedException failed) {
                        (failed.outcomeUnknown() ? unknown : notWritten).add(name);
                      } else {
                        acknowledged.add(name);
                      }
                      return name;
                    }));
      } catch (BackPressureException | TableUnavailableException e) {
        refused.add(name);
      }
      longestBlockNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
      LockSupport.parkNanos(200_000);
    }
  }

  private static long bytesInFlight(MetricRegistry metrics) {
    Gauge<?> gauge = metrics.getGauges().get("hrp_producer_in_flight_bytes");
    return gauge == null ? 0 : ((Number) gauge.getValue()).longValue();
  }
}
