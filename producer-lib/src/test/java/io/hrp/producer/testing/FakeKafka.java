package io.hrp.producer.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka's own mock, with callbacks on a sender thread as the real one has, and with a close that
 * fails what is in flight.
 */
public final class FakeKafka extends MockProducer<byte[], byte[]> {
  private final ExecutorService senderThread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "fake-kafka-sender");
            thread.setDaemon(true);
            return thread;
          });

  public FakeKafka(String topic, int partitions) {
    super(
        cluster(topic, partitions),
        false,
        null,
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static Cluster cluster(String topic, int partitions) {
    Node node = new Node(0, "localhost", 9092);
    List<PartitionInfo> infos = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      infos.add(new PartitionInfo(topic, i, node, new Node[] {node}, new Node[] {node}));
    }
    return new Cluster("fake", List.of(node), infos, Set.of(), Set.of());
  }

  /** Runs a step on the sender thread and waits for it. */
  public void onSenderThread(Runnable step) {
    try {
      CompletableFuture.runAsync(step, senderThread).get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the sender thread did not finish its step", e);
    }
  }

  /** Acknowledges the oldest record in flight. */
  public void acknowledgeOne() {
    onSenderThread(this::completeNext);
  }

  public void acknowledgeAll() {
    onSenderThread(super::flush);
  }

  /** Fails the oldest record in flight. */
  public void failOne(RuntimeException cause) {
    onSenderThread(() -> errorNext(cause));
  }

  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the sender thread needs the lock
  @Override
  public void flush() {
    acknowledgeAll();
  }

  @Override
  public void close(Duration timeout) {
    onSenderThread(
        () -> {
          while (errorNext(new KafkaException("Producer is closed forcefully."))) {
            // Every record in flight fails, as in the real one once its timeout has passed.
          }
        });
    if (!closed()) {
      super.close(timeout);
    }
  }
}
