package io.hrp.control.log;

import io.hrp.control.ControlRefusedException;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the control, audit and status topics, and checks those that exist. */
public final class ControlTopics {
  /** A report is of interest for minutes; retention works on whole segments. */
  private static final Duration STATUS_RETENTION = Duration.ofHours(1);

  private static final Duration STATUS_SEGMENT = Duration.ofMinutes(10);

  /** Between two looks at topics that were just created. */
  private static final int KNOWN_PAUSE_MS = 50;

  private ControlTopics() {}

  /**
   * Sees to it that the three topics exist as they must be. Any number of programs may call it at
   * the same time.
   *
   * @param kafka settings of the clients, {@code bootstrap.servers} among them
   * @param replication replicas of a topic that is created, 1 or more; with 3 or more, 2 must be in
   *     sync for a write
   * @param timeout bounds each of the few requests made
   * @throws io.hrp.control.ControlUnavailableException if the broker does not answer in time
   * @throws ControlRefusedException if the broker does not allow it, or if a topic exists with
   *     settings under which records would be lost
   */
  public static void ensure(Map<String, ?> kafka, int replication, Duration timeout) {
    Map<String, Object> settings = new HashMap<>(kafka);
    int timeoutMs = (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMs);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(timeoutMs, 5_000));
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "hrp-control-topics");
    try (Admin admin = Admin.create(settings)) {
      create(admin, topics((short) replication));
      checkOnceKnown(admin, timeoutMs / KNOWN_PAUSE_MS);
    } catch (KafkaException | ExecutionException e) {
      throw KafkaFailures.translate("set up the control topics", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KafkaFailures.translate("set up the control topics", e);
    }
  }

  private static List<NewTopic> topics(short replication) {
    String minInSync = replication >= 3 ? "2" : "1";
    Map<String, String> control = new HashMap<>();
    control.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    Map<String, String> audit = new HashMap<>();
    audit.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    audit.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
    audit.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
    Map<String, String> status = new HashMap<>();
    status.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
    status.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(STATUS_RETENTION.toMillis()));
    status.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(STATUS_SEGMENT.toMillis()));
    List<NewTopic> topics = new ArrayList<>();
    topics.add(topic(TopicNames.CONTROL, replication, control));
    topics.add(topic(TopicNames.AUDIT, replication, audit));
    topics.add(topic(TopicNames.STATUS, replication, status));
    for (NewTopic topic : topics) {
      topic.configs().put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, minInSync);
      topic.configs().put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
      // The broker's clock, so that programs with different clocks agree on how old a record is.
      topic.configs().put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    }
    return topics;
  }

  private static NewTopic topic(String name, short replication, Map<String, String> configs) {
    return new NewTopic(name, 1, replication).configs(configs);
  }

  private static void create(Admin admin, List<NewTopic> topics)
      throws InterruptedException, ExecutionException {
    Set<String> existing = admin.listTopics().names().get();
    List<NewTopic> missing = new ArrayList<>(topics);
    missing.removeIf(topic -> existing.contains(topic.name()));
    for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
      try {
        created.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  /** A broker acknowledges a new topic a moment before each of its threads knows it. */
  private static void checkOnceKnown(Admin admin, int attempts)
      throws InterruptedException, ExecutionException {
    for (int left = attempts; ; left--) {
      try {
        check(admin);
        return;
      } catch (ExecutionException e) {
        if (left <= 0 || !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        Thread.sleep(KNOWN_PAUSE_MS);
      }
    }
  }

  private static void check(Admin admin) throws InterruptedException, ExecutionException {
    List<String> names = List.of(TopicNames.CONTROL, TopicNames.AUDIT, TopicNames.STATUS);
    for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
      if (topic.partitions().size() != 1) {
        throw new ControlRefusedException(
            "topic '"
                + topic.name()
                + "' must have one partition, it has "
                + topic.partitions().size());
      }
    }
    ConfigResource control = new ConfigResource(ConfigResource.Type.TOPIC, TopicNames.CONTROL);
    ConfigResource audit = new ConfigResource(ConfigResource.Type.TOPIC, TopicNames.AUDIT);
    Map<ConfigResource, Config> configs =
        admin.describeConfigs(List.of(control, audit)).all().get();
    require(configs, control, TopicConfig.CLEANUP_POLICY_CONFIG, "compact");
    require(configs, audit, TopicConfig.CLEANUP_POLICY_CONFIG, "delete");
    require(configs, audit, TopicConfig.RETENTION_MS_CONFIG, "-1");
  }

  private static void require(
      Map<ConfigResource, Config> configs, ConfigResource topic, String key, String expected) {
    Config config = configs.get(topic);
    ConfigEntry entry = config == null ? null : config.get(key);
    String actual = entry == null ? "nothing" : entry.value();
    if (!expected.equals(actual)) {
      throw new ControlRefusedException(
          "topic '"
              + topic.name()
              + "' must have "
              + key
              + "="
              + expected
              + ", it has "
              + actual
              + ": records would be lost");
    }
  }
}
