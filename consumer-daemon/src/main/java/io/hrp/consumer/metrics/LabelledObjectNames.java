package io.hrp.consumer.metrics;

import com.codahale.metrics.jmx.ObjectNameFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Names series for JMX with a key property for each label, so that a JMX client can query by label:
 * {@code io.hrp.consumer:type=counters,name=…,peer="east"}.
 */
final class LabelledObjectNames implements ObjectNameFactory {
  @Override
  public ObjectName createName(String type, String domain, String name) {
    Optional<MetricSeries> series = MetricSeries.parse(name);
    List<String> properties = new ArrayList<>();
    properties.add("type=" + type);
    properties.add("name=" + series.map(each -> each.metric().metricName()).orElse("unknown"));
    series.ifPresent(
        each -> {
          for (int i = 0; i < each.labelValues().size(); i++) {
            String value = ObjectName.quote(each.labelValues().get(i));
            properties.add(each.metric().labels().get(i) + "=" + value);
          }
        });
    try {
      return new ObjectName(domain + ":" + String.join(",", properties));
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException("metric '" + name + "' has no JMX name", e);
    }
  }
}
