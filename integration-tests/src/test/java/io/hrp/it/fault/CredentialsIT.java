package io.hrp.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.ControlChange;
import io.hrp.control.log.ControlTopics;
import io.hrp.control.log.ControlWriter;
import io.hrp.it.env.SecuredBroker;
import io.hrp.wire.TableId;
import io.hrp.wire.TopicNames;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.token.delegation.DelegationToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka's secrets reach executors past the job's configuration, and stay out of logs. Each writer
 * is a process that knows the configuration's file alone.
 */
@Tag("long")
final class CredentialsIT {
  private static final TableId TABLE = TableId.of("default", "secured");
  private static final String TOPIC = TopicNames.dataTopic(TABLE);
  private static final String PASSWORD = "writer-s3cret";
  private static final String JAAS = "hrp.producer.kafka.sasl.jaas.config";

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Path directory;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SecuredBroker broker;

  @BeforeAll
  static void start(@TempDir Path temporary) throws InterruptedException, ExecutionException {
    directory = temporary;
    broker =
        SecuredBroker.start(
            directory.resolve("broker"), Map.of("writer", PASSWORD, "stranger", "stranger-s3cret"));
    Map<String, String> admin = broker.superUser();
    ControlTopics.ensure(admin, 1, Duration.ofSeconds(30));
    try (Admin client = Admin.create(Map.copyOf(admin))) {
      client
          .createTopics(
              List.of(
                  new NewTopic(TOPIC, 2, (short) 1)
                      .configs(Map.of("message.timestamp.type", "LogAppendTime"))))
          .all()
          .get();
      client
          .createAcls(
              List.of(
                  allow(TopicNames.CONTROL, AclOperation.READ),
                  allow(TOPIC, AclOperation.WRITE),
                  allow(TOPIC, AclOperation.DESCRIBE)))
          .all()
          .get();
    }
    new ControlWriter(admin, Clock.systemUTC(), System::nanoTime, Duration.ofSeconds(30))
        .update("test", "", state -> List.of(ControlChange.declarePartitions(TABLE, 2)));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static AclBinding allow(String topic, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
        new AccessControlEntry("User:writer", "*", operation, AclPermissionType.ALLOW));
  }

  @Test
  void aCredentialProviderHoldsTheSecretAndNeitherJobNorLogsDo() throws Exception {
    Configuration job = job();
    provide(job, "writer.jceks", SecuredBroker.jaas("writer", PASSWORD));

    String output = run(job, "provider");

    assertThat(output).contains("acknowledged").doesNotContain(PASSWORD);
  }

  @Test
  void aFileOnTheMachineHoldsTheSecretAndNeitherJobNorLogsDo() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("kafka.properties"),
            "sasl.jaas.config=" + SecuredBroker.jaas("writer", PASSWORD) + "\n");
    Configuration job = job();
    job.set("hrp.producer.kafka-config-file", file.toString());

    String output = run(job, "file");

    assertThat(output).contains("acknowledged").doesNotContain(PASSWORD);
  }

  @Test
  void aDelegationTokenStandsInForThePassword() throws Exception {
    Map<String, Object> writer = new HashMap<>(broker.clientSettings());
    writer.put("sasl.jaas.config", SecuredBroker.jaas("writer", PASSWORD));
    DelegationToken token;
    try (Admin client = Admin.create(writer)) {
      token = client.createDelegationToken().delegationToken().get();
    }
    Configuration job = job();
    provide(
        job,
        "token.jceks",
        SecuredBroker.jaas(token.tokenInfo().tokenId(), token.hmacAsBase64String())
            .replace(";", " tokenauth=\"true\";"));

    String output = run(job, "token");

    assertThat(output).contains("acknowledged").doesNotContain(token.hmacAsBase64String());
  }

  @Test
  void aSecretInTheJobsConfigurationWorksWithAWarningThatDoesNotShowIt() throws Exception {
    Configuration job = job();
    job.set(JAAS, SecuredBroker.jaas("writer", PASSWORD));

    String output = process(job, "job");

    assertThat(output)
        .contains("acknowledged")
        .contains("a secret stands in the configuration")
        .contains("key=" + JAAS)
        .doesNotContain(PASSWORD);
  }

  @Test
  void whoMayNotReadControlOrHasAWrongPasswordGetsATypedError() throws Exception {
    Configuration stranger = job();
    stranger.set("hrp.producer.max-block-ms", "3000");
    provide(stranger, "stranger.jceks", SecuredBroker.jaas("stranger", "stranger-s3cret"));
    Configuration wrong = job();
    wrong.set("hrp.producer.max-block-ms", "3000");
    provide(wrong, "wrong.jceks", SecuredBroker.jaas("writer", "wr0ng-s3cret"));

    assertThat(run(stranger, "stranger"))
        .contains("refused ControlUnreadableException")
        .doesNotContain("s3cret");
    assertThat(run(wrong, "wrong"))
        .contains("refused ControlUnreadableException")
        .doesNotContain("s3cret");
  }

  private static Configuration job() {
    Configuration job = new Configuration(false);
    broker.clientSettings().forEach((key, value) -> job.set("hrp.producer.kafka." + key, value));
    return job;
  }

  private static void provide(Configuration job, String name, String jaas) throws IOException {
    job.set(
        CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH,
        "localjceks://file" + directory.resolve(name));
    CredentialProvider provider = CredentialProviderFactory.getProviders(job).get(0);
    provider.createCredentialEntry(JAAS, jaas.toCharArray());
    provider.flush();
  }

  /** Runs a writer whose job must not hold the secret; returns what it printed and logged. */
  private static String run(Configuration job, String name) throws Exception {
    String output = process(job, name);
    assertThat(Files.readString(directory.resolve(name + ".xml")))
        .doesNotContain("s3cret")
        .doesNotContain("ScramLoginModule");
    return output;
  }

  private static String process(Configuration job, String name)
      throws IOException, InterruptedException {
    Path file = directory.resolve(name + ".xml");
    try (OutputStream out = Files.newOutputStream(file)) {
      job.writeXml(out);
    }
    Path output = directory.resolve(name + ".out");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx256m");
    line.add("-XX:+UseSerialGC");
    line.add("-XX:TieredStopAtLevel=1");
    line.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ConfiguredWriter.class.getName()));
    line.addAll(List.of(file.toString(), TABLE.toString()));
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(Set.of(0)).as(text).contains(process.exitValue());
    return text;
  }
}
