package io.hrp.ops.client;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ControlException;
import io.hrp.control.ControlRefusedException;
import io.hrp.control.ControlUnavailableException;
import io.hrp.control.TopicOffsets;
import io.hrp.control.config.KafkaSettings;
import io.hrp.control.log.ControlTopics;
import io.hrp.ops.steer.DataTopic;
import io.hrp.ops.steer.TopicAdmin;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The tables' topics through Kafka's admin client. Thread-safe. */
public final class KafkaTopicAdmin implements TopicAdmin, AutoCloseable {
  /**
   * A dead letter is the original record and headers that say what happened, of which the longest,
   * the error's message, is cut at 1 KB.
   */
  private static final long DEAD_LETTER_ROOM_BYTES = 64 * 1024;

  private static final List<String> SHOWN =
      List.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
          TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
          TopicConfig.RETENTION_BYTES_CONFIG,
          TopicConfig.RETENTION_MS_CONFIG,
          TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG);

  /** Between two looks for a topic just created, which takes a broker milliseconds to learn of. */
  private static final Duration KNOWN_POLL = Duration.ofMillis(50);

  private final KafkaSettings kafka;
  private final Duration timeout;
  private final Admin admin;

  /**
   * Opens an admin client; nothing is asked yet.
   *
   * @param timeout bounds every request
   */
  public KafkaTopicAdmin(KafkaSettings kafka, Duration timeout) {
    this.kafka = requireNonNull(kafka, "kafka");
    this.timeout = requireNonNull(timeout, "timeout");
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    int timeoutMs = (int) timeout.toMillis();
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMs);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMs);
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "hrp-cli");
    try {
      this.admin = Admin.create(settings);
    } catch (KafkaException e) {
      throw new ControlUnavailableException(unreachable(e), e);
    }
  }

  /** The names of all topics; the first thing to ask, since it tells whether a broker answers. */
  Set<String> names() {
    try {
      return admin.listTopics().names().get();
    } catch (ExecutionException e) {
      throw isForGood(e.getCause())
          ? new ControlRefusedException(unreachable(e.getCause()), e)
          : new ControlUnavailableException(unreachable(e.getCause()), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private String unreachable(@Nullable Throwable cause) {
    return "no Kafka broker answers at '"
        + kafka.bootstrapText()
        + "' within "
        + timeout.toSeconds()
        + " s: check that it runs and that 'kafka.bootstrap-servers' is right ("
        + reason(cause)
        + ")";
  }

  @Override
  public List<DataTopic> list() {
    Set<String> names = names();
    SortedMap<TableId, String> tables = new TreeMap<>();
    for (String name : names) {
      TopicNames.tableOfDataTopic(name).ifPresent(table -> tables.put(table, name));
    }
    return describe(tables, names);
  }

  @Override
  public Optional<DataTopic> describe(TableId table) {
    String name = TopicNames.dataTopic(table);
    Set<String> names = names();
    if (!names.contains(name)) {
      return Optional.empty();
    }
    return Optional.of(describe(new TreeMap<>(Map.of(table, name)), names).get(0));
  }

  private List<DataTopic> describe(SortedMap<TableId, String> tables, Set<String> names) {
    Collection<String> topics = tables.values();
    List<String> letters = new ArrayList<>();
    tables.keySet().forEach(table -> letters.add(TopicNames.deadLetterTopic(table)));
    letters.retainAll(names);
    Map<String, TopicDescription> described = describe(topics);
    Map<String, TopicDescription> describedLetters = describe(letters);
    Map<String, Config> configs = configs(topics);
    Map<String, Long> records = records(described.values());
    Map<String, Long> deadLetters = records(describedLetters.values());
    List<DataTopic> all = new ArrayList<>();
    tables.forEach(
        (table, name) -> {
          TopicDescription topic = described.get(name);
          if (topic != null) {
            all.add(
                new DataTopic(
                    table,
                    name,
                    topic.topicId().toString(),
                    topic.partitions().size(),
                    topic.partitions().get(0).replicas().size(),
                    records.getOrDefault(name, 0L),
                    deadLetters.getOrDefault(TopicNames.deadLetterTopic(table), -1L),
                    shown(configs.get(name))));
          }
        });
    return all;
  }

  private static SortedMap<String, String> shown(@Nullable Config config) {
    SortedMap<String, String> settings = new TreeMap<>();
    for (String key : SHOWN) {
      ConfigEntry entry = config == null ? null : config.get(key);
      if (entry != null) {
        settings.put(key, entry.value());
      }
    }
    return settings;
  }

  private Map<String, TopicDescription> describe(Collection<String> topics) {
    return get("describe topics", admin.describeTopics(topics).allTopicNames());
  }

  private Map<String, Config> configs(Collection<String> topics) {
    List<ConfigResource> resources =
        topics.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<String, Config> configs = new HashMap<>();
    get("read settings of topics", admin.describeConfigs(resources).all())
        .forEach((resource, config) -> configs.put(resource.name(), config));
    return configs;
  }

  private Map<String, Long> records(Collection<TopicDescription> topics) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
    for (TopicDescription topic : topics) {
      for (int p = 0; p < topic.partitions().size(); p++) {
        ends.put(new TopicPartition(topic.name(), p), OffsetSpec.latest());
        starts.put(new TopicPartition(topic.name(), p), OffsetSpec.earliest());
      }
    }
    Map<TopicPartition, Long> first = offsets(starts);
    Map<String, Long> records = new HashMap<>();
    offsets(ends)
        .forEach(
            (partition, end) ->
                records.merge(
                    partition.topic(), end - first.getOrDefault(partition, 0L), Long::sum));
    return records;
  }

  private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> asked) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    Map<TopicPartition, ListOffsetsResultInfo> found =
        get("read offsets", admin.listOffsets(asked).all());
    found.forEach((partition, at) -> offsets.put(partition, at.offset()));
    return offsets;
  }

  @Override
  public void create(TableId table, int partitions, int replication) {
    ControlTopics.ensure(kafka.clientProperties(), replication, timeout);
    String minInSync = replication >= 3 ? "2" : "1";
    Map<String, String> data = new HashMap<>();
    data.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    data.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    data.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, minInSync);
    data.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
    String name = TopicNames.dataTopic(table);
    create(new NewTopic(name, partitions, (short) replication).configs(data));
    Map<String, String> letters = new HashMap<>(data);
    letters.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
    letters.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
    letters.put(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Long.toString(maxMessageBytes(name) + DEAD_LETTER_ROOM_BYTES));
    create(
        new NewTopic(TopicNames.deadLetterTopic(table), partitions, (short) replication)
            .configs(letters));
  }

  private long maxMessageBytes(String topic) {
    Config config = configsOnceKnown(topic).get(topic);
    ConfigEntry entry = config == null ? null : config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    if (entry == null) {
      throw new ControlUnavailableException(
          "the broker does not tell max.message.bytes of topic '" + topic + "'", null);
    }
    return Long.parseLong(entry.value());
  }

  /** A topic just created is known to the controller, and to the brokers a moment later. */
  private Map<String, Config> configsOnceKnown(String topic) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      try {
        return configs(List.of(topic));
      } catch (ControlUnavailableException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
      try {
        Thread.sleep(KNOWN_POLL.toMillis());
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  private void create(NewTopic topic) {
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failure("create topic '" + topic.name() + "'", e.getCause());
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public TopicOffsets ends(TableId table) {
    String name = TopicNames.dataTopic(table);
    TopicDescription topic;
    try {
      topic =
          requireNonNull(admin.describeTopics(List.of(name)).allTopicNames().get().get(name), name);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return TopicOffsets.ofNoTopic();
      }
      throw failure("describe topic '" + name + "'", e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int p = 0; p < topic.partitions().size(); p++) {
      asked.put(new TopicPartition(name, p), OffsetSpec.latest());
    }
    Map<Integer, Long> ends = new HashMap<>();
    offsets(asked).forEach((partition, end) -> ends.put(partition.partition(), end));
    return TopicOffsets.of(topic.topicId().toString(), ends);
  }

  @Override
  public Map<Integer, Long> committed(String peer, TableId table) {
    String group = "hrp-" + peer;
    String topic = TopicNames.dataTopic(table);
    Map<Integer, Long> committed = new HashMap<>();
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      offsets.forEach(
          (partition, offset) -> {
            if (offset != null && partition.topic().equals(topic)) {
              committed.put(partition.partition(), offset.offset());
            }
          });
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw failure("read the offsets of group '" + group + "'", e.getCause());
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return committed;
  }

  private static <T> T get(String doing, KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw failure(doing, e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static ControlException failure(String doing, @Nullable Throwable cause) {
    String message = "cannot " + doing + ": " + reason(cause);
    return isForGood(cause)
        ? new ControlRefusedException(message, cause)
        : new ControlUnavailableException(message, cause);
  }

  /** Some of Kafka's errors come with an empty message: then their name is all there is to say. */
  private static String reason(@Nullable Throwable cause) {
    if (cause == null) {
      return "no cause";
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }

  private static boolean isForGood(@Nullable Throwable cause) {
    return cause instanceof AuthorizationException
        || cause instanceof AuthenticationException
        || cause instanceof InvalidConfigurationException
        || cause instanceof InvalidReplicationFactorException
        || cause instanceof PolicyViolationException;
  }

  private static ControlUnavailableException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new ControlUnavailableException("interrupted while waiting for Kafka", cause);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
