package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.RunState;
import io.hrp.it.env.Comparison;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Load;
import io.hrp.it.env.Peer;
import io.hrp.it.env.RandomMutations;
import io.hrp.it.env.Scene;
import io.hrp.it.env.Servers;
import io.hrp.it.env.TestTable;
import io.hrp.ops.sandbox.DaemonProcess;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whose offset is it? A daemon that cannot say for sure applies nothing, says why, and goes on with
 * the other tables.
 */
final class TopicIdentityIT {
  private static final int MUTATIONS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final Scene scene = new Scene();

  private final Reports reports = new Reports(scene);

  @Test
  void aTopicMadeAnewUnderARunningDaemonParksItsTableAndNoOther() throws Exception {
    TestTable table = scene.table();
    TestTable other = scene.table();
    scene.daemon(DaemonPlan.of("daemon", scene.east(), scene.west()));
    Comparison before = publishAndDrain(table);

    makeAnew(table);
    publishElsewhere(table);

    for (Peer peer : scene.bothPeers()) {
      reports.awaitTable(peer, table, RunState.PARKED, "topic-recreated");
    }
    assertThat(flows(other)).isTrue();
    String newId = topicId(table);
    for (Peer peer : scene.bothPeers()) {
      // Kafka's client reads on in the new topic as if it were the old one; none of it is applied.
      assertThat(scene.compare(peer, table)).isEqualTo(before);
      assertThat(scene.broker().committed(peer.group(), TopicNames.dataTopic(table.id())).values())
          .noneMatch(offset -> offset.metadata().contains(newId));
      reports.awaitTable(peer, table, RunState.PARKED, "topic-recreated");
    }
  }

  @Test
  @Tag("long")
  void aTopicMadeAnewWhileTheDaemonWasDownParksItsTableAndNoOther() {
    TestTable table = scene.table();
    TestTable other = scene.table();
    DaemonProcess daemon = scene.daemon(DaemonPlan.of("daemon", scene.east(), scene.west()));
    Comparison before = publishAndDrain(table);

    daemon.stop();
    makeAnew(table);
    publishElsewhere(table);
    daemon.start();

    for (Peer peer : scene.bothPeers()) {
      reports.awaitTable(peer, table, RunState.PARKED, "topic-recreated");
    }
    assertThat(flows(other)).isTrue();
    for (Peer peer : scene.bothPeers()) {
      assertThat(scene.compare(peer, table)).isEqualTo(before);
    }
  }

  @Test
  @Tag("long")
  void aPeersNamePointedAtAnotherClusterParksItsTables() {
    TestTable table = scene.table();
    Peer west = scene.west();
    DaemonProcess daemon = scene.daemon(DaemonPlan.of("daemon", west));
    Comparison before = publishAndDrain(table, west);

    daemon.stop();
    Peer moved = new Peer(west.name(), scene.servers().cluster(Servers.EAST));
    scene.daemon(DaemonPlan.of("moved", moved));
    publishElsewhere(table);

    reports.awaitTable(moved, table, RunState.PARKED, "cluster-changed");
    assertThat(scene.compare(west, table)).isEqualTo(before);
    // Nothing has come to the other cluster: all is missing there.
    assertThat(scene.compare(moved, table).missing()).isEqualTo(before.cells());
    assertThat(scene.compare(moved, table).extra()).isZero();
  }

  @Test
  void aKnownPeerWhoseCommittedOffsetsAreGoneParksItsTable() throws Exception {
    TestTable table = scene.table();
    TestTable other = scene.table();
    DaemonProcess daemon = scene.daemon(DaemonPlan.of("daemon", scene.east(), scene.west()));
    publishAndDrain(table);

    daemon.stop();
    forgetOffsets(scene.west(), table);
    daemon.start();
    scene.publish(table, Load.Plan.of(System.nanoTime(), MUTATIONS));

    reports.awaitTable(scene.west(), table, RunState.PARKED, "offset-missing");
    scene.awaitDrained(scene.east(), table, PATIENCE);
    assertThat(scene.compare(scene.east(), table)).isEqualTo(scene.everythingAcknowledged(table));
    assertThat(scene.compare(scene.west(), table).missing()).isPositive();
    assertThat(flows(other)).isTrue();
  }

  @Test
  void aCompactedTopicIsRefusedAndAnUndeclaredOneWaitsForItsDeclaration() throws Exception {
    TestTable compacted = scene.newTable(TestTable.Retention.EVERYTHING, "a", "b");
    TestTable undeclared = scene.newTable(TestTable.Retention.EVERYTHING, "a", "b");
    TestTable other = scene.table();
    for (TestTable table : List.of(compacted, undeclared)) {
      scene.createOnBoth(table);
      scene.declare(table);
    }
    scene.publish(compacted, Load.Plan.of(System.nanoTime(), MUTATIONS));
    scene.publish(undeclared, Load.Plan.of(System.nanoTime(), MUTATIONS));
    Topics.compact(scene.broker(), TopicNames.dataTopic(compacted.id()));
    Topics.undeclare(scene.control(), undeclared);
    scene.daemon(DaemonPlan.of("daemon", scene.east(), scene.west()));

    for (Peer peer : scene.bothPeers()) {
      reports.awaitTable(peer, compacted, RunState.PARKED, "topic-compacted");
      reports.awaitTable(peer, undeclared, RunState.PARKED, "not-declared");
    }
    assertThat(flows(other)).isTrue();
    for (Peer peer : scene.bothPeers()) {
      assertThat(scene.compare(peer, compacted).missing())
          .isEqualTo(scene.ledger(compacted).cells().size());
      assertThat(scene.compare(peer, undeclared).missing())
          .isEqualTo(scene.ledger(undeclared).cells().size());
    }

    Topics.declare(scene.control(), undeclared);

    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, undeclared, PATIENCE);
      assertThat(scene.compare(peer, undeclared))
          .isEqualTo(scene.everythingAcknowledged(undeclared));
    }
  }

  private Comparison publishAndDrain(TestTable table) {
    return publishAndDrain(table, scene.east(), scene.west());
  }

  /** What the peers hold of the table then, which is all that was acknowledged. */
  private Comparison publishAndDrain(TestTable table, Peer... peers) {
    scene.publish(table, Load.Plan.of(System.nanoTime(), MUTATIONS));
    Comparison all = scene.everythingAcknowledged(table);
    for (Peer peer : peers) {
      scene.awaitDrained(peer, table, PATIENCE);
      assertThat(scene.compare(peer, table)).isEqualTo(all);
    }
    return all;
  }

  /** Publishes to the table and keeps it out of the ledger: none of it may be applied. */
  private void publishElsewhere(TestTable table) {
    HrpPublisher publisher = scene.publisher();
    // More than before: offsets behind the committed ones must not be mistaken for new records.
    for (int i = 0; i < 3 * MUTATIONS; i++) {
      Put put = new Put(RandomMutations.row(i));
      put.addColumn(Bytes.toBytes("a"), Bytes.toBytes("unwanted"), Bytes.toBytes(i));
      publisher.publish(table.name(), put);
    }
    publisher.flush();
  }

  /** Whether a table is applied from end to end. */
  private boolean flows(TestTable table) {
    return publishAndDrain(table).cells() > 0;
  }

  private String topicId(TestTable table) throws ExecutionException, InterruptedException {
    String topic = TopicNames.dataTopic(table.id());
    TopicDescription description =
        scene.broker().admin().describeTopics(List.of(topic)).topicNameValues().values().stream()
            .findFirst()
            .orElseThrow()
            .get();
    return description.topicId().toString();
  }

  private void makeAnew(TestTable table) {
    String topic = TopicNames.dataTopic(table.id());
    scene.broker().deleteTopics(List.of(topic));
    scene
        .broker()
        .createTopic(
            topic,
            table.partitions(),
            Map.of("cleanup.policy", "delete", "message.timestamp.type", "LogAppendTime"));
  }

  private void forgetOffsets(Peer peer, TestTable table)
      throws ExecutionException, InterruptedException {
    Set<TopicPartition> partitions =
        IntStream.range(0, table.partitions())
            .mapToObj(p -> new TopicPartition(TopicNames.dataTopic(table.id()), p))
            .collect(Collectors.toSet());
    scene.broker().admin().deleteConsumerGroupOffsets(peer.group(), partitions).all().get();
  }
}
