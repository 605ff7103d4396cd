package io.hrp.it.env;

import io.hrp.ops.sandbox.KafkaProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The broker of the test servers, seen by Kafka's own clients: what HRP did there, and what some
 * other program would do. Thread-safe. Calls wait up to 30 seconds for the broker.
 */
public final class Broker {
  private static final long TIMEOUT_MS = 30_000;

  private final KafkaProcess process;
  private final Admin admin;

  Broker(KafkaProcess process) {
    this.process = process;
    this.admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, process.bootstrapServers()));
  }

  /** The process, to be killed or frozen. */
  public KafkaProcess process() {
    return process;
  }

  public String bootstrapServers() {
    return process.bootstrapServers();
  }

  /** Shared by all tests: do not close. */
  public Admin admin() {
    return admin;
  }

  /** Creates a topic with one replica. */
  public void createTopic(String topic, int partitions, Map<String, String> settings) {
    NewTopic created = new NewTopic(topic, partitions, (short) 1).configs(settings);
    await(admin.createTopics(List.of(created)).all());
  }

  /** Deletes topics; those that do not exist are left out. */
  public void deleteTopics(Collection<String> topics) {
    admin
        .deleteTopics(topics)
        .topicNameValues()
        .values()
        .forEach(
            deleted -> {
              try {
                await(deleted);
              } catch (IllegalStateException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                  throw e;
                }
              }
            });
  }

  public boolean hasTopic(String topic) {
    return await(admin.listTopics().names()).contains(topic);
  }

  /** The offset after the last record, per partition. */
  public Map<Integer, Long> endOffsets(String topic) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (TopicDescription found :
        await(admin.describeTopics(List.of(topic)).allTopicNames()).values()) {
      for (TopicPartitionInfo one : found.partitions()) {
        asked.put(new TopicPartition(topic, one.partition()), OffsetSpec.latest());
      }
    }
    Map<Integer, Long> ends = new HashMap<>();
    Map<TopicPartition, ListOffsetsResultInfo> found = await(admin.listOffsets(asked).all());
    found.forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
    return ends;
  }

  /** What a consumer group has committed for a topic; partitions without a commit are left out. */
  public Map<Integer, OffsetAndMetadata> committed(String group, String topic) {
    Map<Integer, OffsetAndMetadata> committed = new HashMap<>();
    await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, offset) -> {
              if (offset != null && partition.topic().equals(topic)) {
                committed.put(partition.partition(), offset);
              }
            });
    return committed;
  }

  /** How many records of a topic a group has not committed yet. */
  public long lag(String group, String topic) {
    Map<Integer, OffsetAndMetadata> committed = committed(group, topic);
    return endOffsets(topic).entrySet().stream()
        .mapToLong(end -> end.getValue() - offsetOf(committed, end.getKey()))
        .sum();
  }

  private static long offsetOf(Map<Integer, OffsetAndMetadata> committed, int partition) {
    OffsetAndMetadata offset = committed.get(partition);
    return offset == null ? 0 : offset.offset();
  }

  /** Writes records as they are, past HRP, and returns where they went, in order. */
  public List<RecordMetadata> send(List<ProducerRecord<byte[], byte[]>> records) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers(),
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            16 << 20);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      var sent = records.stream().map(producer::send).toList();
      List<RecordMetadata> written = new ArrayList<>();
      for (var one : sent) {
        written.add(one.get(TIMEOUT_MS, TimeUnit.MILLISECONDS));
      }
      return written;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the broker did not take a record", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Everything that stands in a topic now, partition by partition in order. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    Map<Integer, Long> ends = endOffsets(topic);
    List<TopicPartition> partitions =
        ends.keySet().stream().sorted().map(p -> new TopicPartition(topic, p)).toList();
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<Integer, List<ConsumerRecord<byte[], byte[]>>> read = new HashMap<>();
      long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
      while (partitions.stream()
          .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p.partition(), 0L))) {
        if (System.nanoTime() > giveUp) {
          throw new IllegalStateException("could not read '" + topic + "' to its end");
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          read.computeIfAbsent(record.partition(), p -> new ArrayList<>()).add(record);
        }
      }
      return partitions.stream()
          .flatMap(p -> read.getOrDefault(p.partition(), List.of()).stream())
          .toList();
    }
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("the broker did not answer in " + TIMEOUT_MS + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
