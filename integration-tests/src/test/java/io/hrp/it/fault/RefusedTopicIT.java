package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hrp.control.RunState;
import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Load;
import io.hrp.it.env.Peer;
import io.hrp.it.env.Scene;
import io.hrp.it.env.Scrape;
import io.hrp.it.env.TestTable;
import io.hrp.ops.sandbox.DaemonProcess;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** G5: a topic that the daemon may not read holds up no other, and goes on once it may. */
@Tag("long")
final class RefusedTopicIT {
  private static final int MUTATIONS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EVERYBODY = "User:*";

  @RegisterExtension final Scene scene = new Scene();

  private final Reports reports = new Reports(scene);

  @AfterEach
  void dropRules() throws ExecutionException, InterruptedException {
    AclBindingFilter ofTopics =
        new AclBindingFilter(
            new ResourcePatternFilter(ResourceType.TOPIC, null, PatternType.ANY),
            AccessControlEntryFilter.ANY);
    scene.broker().admin().deleteAcls(List.of(ofTopics)).all().get();
  }

  @Test
  void aTopicThatMayNoLongerBeReadWaitsAloneAndGoesOnOnceItMay() throws Exception {
    TestTable secret = scene.table();
    TestTable other = scene.table();
    DaemonProcess daemon = scene.daemon(DaemonPlan.of("daemon", scene.east(), scene.west()));
    publish(secret);
    awaitApplied(secret);

    deny(secret, AclOperation.READ);
    publish(secret);
    awaitRefused(secret);
    publish(other);

    awaitApplied(other);
    assertThat(Scrape.of(daemon).sum("hrp_consumer_faults_total")).isZero();
    awaitRefused(secret);
    dropRules();
    awaitApplied(secret);
    for (Peer peer : scene.bothPeers()) {
      reports.awaitTable(peer, secret, RunState.RUNNING, "");
    }
    assertThat(Scrape.of(daemon).sum("hrp_consumer_faults_total")).isZero();
  }

  @Test
  void aTopicThatMayNotBeDescribedFromTheStartWaitsAloneAndGoesOnOnceItMay() throws Exception {
    TestTable secret = scene.table();
    TestTable other = scene.table();
    deny(secret, AclOperation.DESCRIBE_CONFIGS);
    scene.daemon(DaemonPlan.of("daemon", scene.east(), scene.west()));
    publish(secret);
    publish(other);

    awaitApplied(other);
    awaitRefused(secret);
    dropRules();
    awaitApplied(secret);
  }

  private void publish(TestTable table) {
    scene.publish(table, Load.Plan.of(System.nanoTime(), MUTATIONS));
  }

  private void awaitApplied(TestTable table) {
    for (Peer peer : scene.bothPeers()) {
      scene.awaitDrained(peer, table, PATIENCE);
      assertThat(scene.compare(peer, table)).isEqualTo(scene.everythingAcknowledged(table));
    }
  }

  private void awaitRefused(TestTable table) {
    for (Peer peer : scene.bothPeers()) {
      reports.awaitTable(peer, table, RunState.PARKED, "topic-unauthorized");
    }
  }

  /** With a rule of its own a topic is open to nobody, so that all else is allowed by another. */
  private void deny(TestTable table, AclOperation operation) throws Exception {
    ResourcePattern topic =
        new ResourcePattern(
            ResourceType.TOPIC, TopicNames.dataTopic(table.id()), PatternType.LITERAL);
    scene
        .broker()
        .admin()
        .createAcls(
            List.of(
                rule(topic, AclOperation.ALL, AclPermissionType.ALLOW),
                rule(topic, operation, AclPermissionType.DENY)))
        .all()
        .get();
    await().pollDelay(Duration.ofMillis(500)).until(() -> true);
  }

  private static AclBinding rule(
      ResourcePattern topic, AclOperation operation, AclPermissionType type) {
    return new AclBinding(topic, new AccessControlEntry(EVERYBODY, "*", operation, type));
  }
}
