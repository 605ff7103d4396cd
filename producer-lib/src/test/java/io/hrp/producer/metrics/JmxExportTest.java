package io.hrp.producer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

final class JmxExportTest {
  @Test
  void showsARegistryUntilItsLastPublisherIsClosed() throws MalformedObjectNameException {
    MetricRegistry registry = new MetricRegistry();
    registry.counter("hrp_x_total{table=shop:orders}").inc();
    JmxExport first = JmxExport.of(registry);
    JmxExport second = JmxExport.of(registry);

    first.close();
    first.close();
    assertThat(beans(JmxExport.DOMAIN))
        .singleElement()
        .satisfies(bean -> assertThat(bean.toString()).contains("hrp_x_total{table=shop:orders}"));
    second.close();

    assertThat(beans(JmxExport.DOMAIN)).isEmpty();
  }

  @Test
  void anotherRegistryGetsADomainOfItsOwn() throws MalformedObjectNameException {
    MetricRegistry one = new MetricRegistry();
    MetricRegistry other = new MetricRegistry();
    one.counter("same");
    other.counter("same");

    JmxExport first = JmxExport.of(one);
    JmxExport second = JmxExport.of(other);

    assertThat(beans(JmxExport.DOMAIN)).hasSize(1);
    assertThat(beans(JmxExport.DOMAIN + "-2")).hasSize(1);
    first.close();
    second.close();
    assertThat(beans(JmxExport.DOMAIN + "*")).isEmpty();
  }

  private static Set<ObjectName> beans(String domain) throws MalformedObjectNameException {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName(domain + ":*"), null);
  }
}
