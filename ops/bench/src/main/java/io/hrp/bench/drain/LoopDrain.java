package io.hrp.bench.drain;

import io.hrp.wire.FamilySelection;
import io.hrp.wire.MutationDecoder;
import io.hrp.wire.TargetOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hbase.client.AsyncTable;
import org.apache.hadoop.hbase.client.Put;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The bare loop: one thread that polls, decodes and puts, without order, commits or retries. */
final class LoopDrain implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final int rows;

  LoopDrain(String bootstrapServers, int rows) {
    this.rows = rows;
    this.consumer =
        new KafkaConsumer<>(
            // Fetching is set as the daemon sets it.
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                2 << 20,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                16 << 20,
                ConsumerConfig.RECEIVE_BUFFER_CONFIG,
                1 << 20,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Goes to the beginning of the topic, which stays outside the measured time. */
  void open(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(each -> new TopicPartition(topic, each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    partitions.forEach(consumer::position);
  }

  /** Drains it. */
  void drain(AsyncTable<?> table) throws InterruptedException {
    PutPipeline pipeline = new PutPipeline(table);
    int taken = 0;
    while (taken < rows) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        pipeline.add(decode(record.value()));
        taken++;
      }
    }
    pipeline.finish();
  }

  private static Put decode(byte[] value) {
    return (Put)
        MutationDecoder.decode(value)
            .toRow(FamilySelection.ALL, List::of, TargetOptions.DEFAULT)
            .orElseThrow();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
