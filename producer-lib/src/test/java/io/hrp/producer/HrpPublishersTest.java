package io.hrp.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.producer.api.HrpPublisher;
import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.metrics.JmxExport;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

final class HrpPublishersTest {
  @Test
  void refusesToLetHBasesOwnAttributesTravel() {
    PublisherOptions options =
        PublisherOptions.builder().bootstrapServers("localhost:1").allowAttribute("_cs.id").build();

    assertThatThrownBy(() -> HrpPublishers.create(options))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("'_cs.id'");
  }

  @Test
  void showsItsMetricsThroughJmxAsLongAsItIsOpen() throws MalformedObjectNameException {
    ObjectName all = new ObjectName(JmxExport.DOMAIN + ":*");
    HrpPublisher publisher =
        HrpPublishers.create(
            PublisherOptions.builder().bootstrapServers("localhost:1").jmxEnabled(true).build());

    assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(all, null))
        .extracting(bean -> bean.getKeyProperty("name"))
        .contains("hrp_producer_in_flight_bytes", "hrp_producer_clock_skew_seconds");
    publisher.close(Duration.ofSeconds(10));

    assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(all, null)).isEmpty();
  }

  @Test
  void saysWhatKafkaRefusesOfItsSettings() {
    PublisherOptions options =
        PublisherOptions.builder()
            .bootstrapServers("localhost:1")
            .kafka("compression.type", "zip")
            .build();

    assertThatThrownBy(() -> HrpPublishers.create(options))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("compression.type");
  }
}
