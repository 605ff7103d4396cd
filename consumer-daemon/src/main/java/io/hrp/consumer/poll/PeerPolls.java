package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.apply.MutationApplier;
import io.hrp.consumer.dispatch.PeerLanes;
import io.hrp.control.ControlReader;
import io.hrp.control.ControlUpdater;
import io.hrp.control.StartPosition;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes the poll thread of a peer with a real Kafka behind it. */
public final class PeerPolls implements AutoCloseable {
  /** Large, so that a call of 2,000 mutations for each of several lanes comes out of one poll. */
  private static final int MAX_POLL_RECORDS = 10_000;

  private static final int MAX_PARTITION_FETCH_BYTES = 2 << 20;
  private static final int FETCH_MAX_BYTES = 16 << 20;
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

  /**
   * How long the partitions of a daemon that was killed wait for another one. A daemon with an id
   * of its own keeps Kafka's longer default: its partitions wait for it, and it takes them at once.
   */
  private static final int SESSION_TIMEOUT_MS = 10_000;

  private static final int HEARTBEAT_INTERVAL_MS = 2_000;

  /** A new topic is seen within this time. */
  private static final int METADATA_MAX_AGE_MS = 10_000;

  /**
   * Who the peer's group member is.
   *
   * @param daemonId empty for a member that is known by no name
   * @param isBrokerAssigned whether the group uses the protocol of KIP-848
   * @param daemon as it signs what it writes to the control topic
   */
  public record Member(
      Optional<String> daemonId, boolean isBrokerAssigned, StartPosition start, String daemon) {}

  /**
   * Kafka's settings.
   *
   * @param common for every client
   * @param consumer for the consumer, on top
   */
  public record KafkaProperties(Map<String, ?> common, Map<String, ?> consumer) {}

  private final KafkaProperties kafka;
  private final String peer;
  private final Member member;
  private final Admin admin;
  private final ExecutorService identityThread;

  public PeerPolls(String peer, Member member, KafkaProperties kafka) {
    this.peer = requireNonNull(peer, "peer");
    this.member = requireNonNull(member, "member");
    this.kafka = requireNonNull(kafka, "kafka");
    Map<String, Object> properties = new HashMap<>(kafka.common());
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "hrp-identity-" + peer);
    this.admin = Admin.create(properties);
    this.identityThread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "hrp-identity-" + peer);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** What the poll thread needs of the daemon. */
  public record Surroundings(
      PeerLanes lanes,
      MutationApplier applier,
      ControlReader control,
      ControlUpdater updater,
      PollObserver observer,
      PollSettings settings,
      LongSupplier nanos,
      Clock clock) {}

  /**
   * Makes the thread; it is not started.
   *
   * @param onFault counts a fault of the thread
   * @param onFenced told when another daemon runs under the same id
   */
  public PeerPoll create(Surroundings with, Runnable onFault, Consumer<String> onFenced) {
    ClusterQuestions questions = new AdminQuestions(admin);
    PartitionLookup lookup =
        new KafkaPartitionLookup(
            questions,
            peer,
            with.applier(),
            new ControlNotes(
                questions,
                new ControlNotes.Asker(peer, member.start(), member.daemon()),
                with.control(),
                with.updater(),
                with.clock()),
            identityThread);
    return new PeerPoll(peer, () -> step(with, lookup), with.nanos(), onFault, onFenced);
  }

  private PollStep step(Surroundings with, PartitionLookup lookup) {
    MetadataUpdates updates = new MetadataUpdates();
    return new PollStep(
        new PollStep.Parts(
            new KafkaConsumer<>(consumerProperties(), new ByteArrayDeserializer(), updates),
            updates::count,
            with.lanes(),
            lookup,
            with.control(),
            with.observer(),
            with.settings(),
            with.nanos(),
            with.clock()));
  }

  /** Ours that may be overridden, the operator's, ours that may not. */
  Map<String, Object> consumerProperties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_PARTITION_FETCH_BYTES);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_MAX_BYTES);
    properties.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, RECEIVE_BUFFER_BYTES);
    properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MS);
    if (!member.isBrokerAssigned() && member.daemonId().isEmpty()) {
      properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
      properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_INTERVAL_MS);
    }
    properties.putAll(kafka.common());
    properties.putAll(kafka.consumer());
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "hrp-poll-" + peer);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, ControlNotes.groupOf(peer));
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    member.daemonId().ifPresent(id -> properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
    if (member.isBrokerAssigned()) {
      properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    } else {
      properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
      properties.put(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          CooperativeStickyAssignor.class.getName());
    }
    return properties;
  }

  @Override
  public void close() {
    identityThread.shutdownNow();
    admin.close(Duration.ofSeconds(1));
  }
}
