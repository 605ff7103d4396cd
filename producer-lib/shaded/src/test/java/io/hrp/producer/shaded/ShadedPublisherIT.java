package io.hrp.producer.shaded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.hrp.producer.HrpPublishers;
import io.hrp.producer.api.ControlUnreadableException;
import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.config.KafkaClientSettings;
import io.hrp.wire.MutationDecoder;
import io.hrp.wire.MutationEncoder;
import io.hrp.wire.RowKey;
import io.hrp.wire.TableId;
import io.hrp.wire.WriterStamp;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Test;

/** The library inside the shaded jar, with settings as users write them. Needs no broker. */
final class ShadedPublisherIT {
  private static final String SCRAM =
      "org.apache.kafka.common.security.scram.ScramLoginModule required"
          + " username=\"spark\" password=\"org.apache.kafka.;x\";";

  private static PublisherOptions.Builder options() {
    return PublisherOptions.builder()
        .bootstrapServers("localhost:1")
        .maxBlock(Duration.ofMillis(100));
  }

  @Test
  void hasItsOwnKafkaBesideTheApplications() throws Exception {
    Class<?> applications = Class.forName("org.apache.kafka.clients.producer.KafkaProducer");
    Class<?> moved = Class.forName("io.hrp.shaded.kafka.clients.producer.KafkaProducer");

    assertThat(moved).isNotEqualTo(applications);
    assertThat(HrpPublishers.class.getProtectionDomain().getCodeSource())
        .isEqualTo(moved.getProtectionDomain().getCodeSource());
  }

  @Test
  void logsInWithTheScramModuleThatUsersName() {
    PublisherOptions options =
        options()
            .kafka("security.protocol", "SASL_PLAINTEXT")
            .kafka("sasl.mechanism", "SCRAM-SHA-512")
            .kafka("sasl.jaas.config", SCRAM)
            .build();

    // The login module is loaded and logged in as Kafka's producer is created.
    try (HrpPublisher publisher = HrpPublishers.create(options)) {
      assertThatThrownBy(
              () ->
                  publisher.publish(
                      TableName.valueOf("shop:orders"), new Put(Bytes.toBytes("row"))))
          .isInstanceOf(ControlUnreadableException.class);
    }
  }

  @Test
  void keepsThePasswordOfAJaasLine() {
    Map<String, Object> settings =
        KafkaClientSettings.of(options().kafka("sasl.jaas.config", SCRAM).build()).producer();

    assertThat(settings)
        .containsEntry(
            "sasl.jaas.config",
            "io.hrp.shaded.kafka.common.security.scram.ScramLoginModule required"
                + " username=\"spark\" password=\"org.apache.kafka.;x\";");
  }

  @Test
  void findsKafkasOtherClassesByTheNamesThatUsersKnow() {
    PublisherOptions options =
        options().kafka("metric.reporters", "org.apache.kafka.common.metrics.JmxReporter").build();

    assertThat(KafkaClientSettings.of(options).reader())
        .containsEntry("metric.reporters", "io.hrp.shaded.kafka.common.metrics.JmxReporter");
    HrpPublishers.create(options).close(Duration.ZERO);
  }

  @Test
  void saysSoIfAClassIsNotThere() {
    assertThatThrownBy(
            () ->
                HrpPublishers.create(
                    options().kafka("metric.reporters", "org.apache.kafka.NoSuchReporter").build()))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("NoSuchReporter");
  }

  @Test
  void registersItsMetricsWithTheApplicationsRegistry() {
    MetricRegistry registry = new MetricRegistry();

    HrpPublishers.create(options().metrics(registry).build()).close(Duration.ZERO);
    HrpPublisher open = HrpPublishers.create(options().metrics(registry).build());

    assertThat(registry.getNames()).anyMatch(name -> name.startsWith("hrp_producer_"));
    open.close(Duration.ZERO);
  }

  @Test
  void encodesAndDecodesWithItsOwnProtobuf() throws Exception {
    TableId table = TableId.of("shop", "orders");
    Put put =
        new Put(Bytes.toBytes("row"))
            .addColumn(Bytes.toBytes("f"), Bytes.toBytes("q"), Bytes.toBytes("v"));

    byte[] value = MutationEncoder.encode(table, put, WriterStamp.of(7, 7, Set.of()));

    assertThat(MutationDecoder.decode(value).row()).isEqualTo(RowKey.wrap(Bytes.toBytes("row")));
  }
}
