package io.hrp.producer.hbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HadoopOptionsTest {
  private static final String JAAS = "hrp.producer.kafka.sasl.jaas.config";

  @Test
  void readsOurKeysWithTheirVariablesAndLeavesTheOthersAlone() {
    Configuration configuration = configuration();
    configuration.set("broker.host", "broker");
    configuration.set("hrp.producer.kafka.bootstrap.servers", "${broker.host}:9092");
    configuration.set("hbase.zookeeper.quorum", "other people's");

    PublisherOptions options = HadoopOptions.read(configuration).build();

    assertThat(options.kafka()).isEqualTo(Map.of("bootstrap.servers", "broker:9092"));
  }

  @Test
  void takesSecretsFromTheCredentialProvider(@TempDir Path dir) throws IOException {
    Configuration configuration = configuration();
    configuration.set(
        CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH,
        "localjceks://file" + dir.resolve("kafka.jceks"));
    CredentialProvider provider = CredentialProviderFactory.getProviders(configuration).get(0);
    provider.createCredentialEntry(JAAS, "module required password=\"x\";".toCharArray());
    provider.createCredentialEntry("somebody.elses", "y".toCharArray());
    provider.flush();
    configuration.set(JAAS, "the provider wins over this");

    PublisherOptions options = HadoopOptions.read(configuration).build();

    assertThat(options.kafka())
        .isEqualTo(
            Map.of(
                "bootstrap.servers",
                "localhost:1",
                "sasl.jaas.config",
                "module required password=\"x\";"));
  }

  @Test
  void saysWhichProviderCannotBeRead(@TempDir Path dir) throws IOException {
    Path broken = Files.write(dir.resolve("kafka.jceks"), List.of("no key store"));
    Configuration configuration = configuration();
    configuration.set(
        CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH, "localjceks://file" + broken);

    assertThatThrownBy(() -> HadoopOptions.read(configuration))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("localjceks://file" + broken);
  }

  @Test
  void takesSecretsFromAFileOnTheMachine(@TempDir Path dir) throws IOException {
    Path file =
        Files.write(
            dir.resolve("kafka.properties"),
            List.of("sasl.mechanism=SCRAM-SHA-512", "bootstrap.servers=of-the-file:1"));
    Configuration configuration = configuration();
    configuration.set("hrp.producer.kafka-config-file", file.toString());

    PublisherOptions options = HadoopOptions.read(configuration).build();

    assertThat(options.kafka())
        .isEqualTo(Map.of("bootstrap.servers", "localhost:1", "sasl.mechanism", "SCRAM-SHA-512"));
  }

  @Test
  void aTaskOfMapReduceIsNamedByItsJobAndAnExecutorByItsProcess() {
    Configuration task = configuration();
    task.set("mapreduce.job.id", "job_1_2");
    task.set("mapreduce.job.application.attempt.id", "1");
    Configuration executor = configuration();
    executor.set("mapreduce.job.id", "job_1_2");
    Configuration named = new Configuration(task);
    named.set("hrp.producer.writer", "nightly");

    assertThat(HadoopOptions.read(task).build().writer()).isEqualTo("job_1_2");
    assertThat(HadoopOptions.read(executor).build().writer()).contains("@");
    assertThat(HadoopOptions.read(named).build().writer()).isEqualTo("nightly");
  }

  @Test
  void refusesUnknownKeys() {
    Configuration configuration = configuration();
    configuration.set("hrp.producer.max-blok-ms", "1");

    assertThatThrownBy(() -> HadoopOptions.read(configuration))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("did you mean 'hrp.producer.max-block-ms'");
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration(false);
    configuration.set("hrp.producer.kafka.bootstrap.servers", "localhost:1");
    return configuration;
  }
}
