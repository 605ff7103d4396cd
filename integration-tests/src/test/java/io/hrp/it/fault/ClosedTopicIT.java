package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.it.env.RandomMutations;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import io.hrp.it.env.TestTable.Retention;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.Receipt;
import io.hrp.producer.api.TopicClosedException;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code hrp topic close} and {@code open} under load: within two seconds, and nothing is lost. */
final class ClosedTopicIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @RegisterExtension final Scene scene = new Scene();

  @Test
  void producersRefuseWithinTwoSecondsAndGoOnWhenTheTopicIsOpened() {
    TestTable table = scene.newTable(Retention.EVERYTHING, "a");
    scene.declare(table);
    Steering steering = new Steering(scene);
    List<Writer> writers =
        List.of(
            new Writer(scene.publisher(), table, 0),
            new Writer(scene.publisher(), table, 1_000_000));
    writers.forEach(Writer::start);
    await().atMost(SOON).until(() -> writers.stream().allMatch(writer -> writer.accepted() > 50));

    steering.succeed("topic", "close", table.id().toString(), "--why=a test");
    List<Integer> acceptedThen = writers.stream().map(Writer::accepted).toList();
    long closedMs =
        scene.control().state().closedTopic(table.id()).orElseThrow().note().when().toEpochMilli();
    await().atMost(SOON).until(() -> writers.stream().allMatch(writer -> writer.refused() > 50));

    assertThat(writers.stream().map(Writer::accepted)).isEqualTo(acceptedThen);
    assertThat(writers)
        .allSatisfy(
            writer -> assertThat(writer.lastAcceptedMs - closedMs).isLessThanOrEqualTo(2_000));

    steering.succeed("topic", "open", table.id().toString());
    await()
        .atMost(SOON)
        .until(
            () ->
                writers.get(0).accepted() > acceptedThen.get(0) + 50
                    && writers.get(1).accepted() > acceptedThen.get(1) + 50);
    writers.forEach(Writer::end);

    Set<String> published = new HashSet<>();
    for (Writer writer : writers) {
      writer.publisher.flush();
      assertThat(writer.failure).isNull();
      for (CompletableFuture<Receipt> future : writer.futures) {
        Receipt receipt = future.join();
        published.add(receipt.partition() + "/" + receipt.offset());
      }
    }
    assertThat(published).hasSize(writers.stream().mapToInt(Writer::accepted).sum());
    assertThat(scene.broker().read(TopicNames.dataTopic(table.id())))
        .extracting(record -> record.partition() + "/" + record.offset())
        .containsExactlyInAnyOrderElementsOf(published);
  }

  /** A producer under load that tries on when it is refused. */
  private static final class Writer {
    private final HrpPublisher publisher;
    private final TestTable table;
    private final int firstRow;
    private final List<CompletableFuture<Receipt>> futures = new ArrayList<>();
    private final Thread thread = new Thread(this::write, "writer");
    private volatile boolean ended;
    private volatile int accepted;
    private volatile int refused;
    private volatile long lastAcceptedMs;
    private volatile Throwable failure;

    @SuppressWarnings("NullAway.Init") // a failure is set only when there is one
    Writer(HrpPublisher publisher, TestTable table, int firstRow) {
      this.publisher = publisher;
      this.table = table;
      this.firstRow = firstRow;
    }

    void start() {
      thread.start();
    }

    int accepted() {
      return accepted;
    }

    int refused() {
      return refused;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by this thread alone
    private void write() {
      try {
        while (!ended) {
          Put put =
              new Put(RandomMutations.row(firstRow + accepted))
                  .addColumn(Bytes.toBytes("a"), Bytes.toBytes("q"), Bytes.toBytes(accepted));
          try {
            futures.add(publisher.publish(table.name(), put));
            lastAcceptedMs = System.currentTimeMillis();
            accepted++;
          } catch (TopicClosedException e) {
            refused++;
          }
          LockSupport.parkNanos(200_000);
        }
      } catch (RuntimeException e) {
        failure = e;
      }
    }

    void end() {
      ended = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
