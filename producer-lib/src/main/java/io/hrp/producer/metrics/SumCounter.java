package io.hrp.producer.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A counter that publishers sharing a registry add to, each through a count of its own. The counts
 * stay after their publishers have gone, so the sum never falls. Thread-safe.
 */
final class SumCounter extends Counter {
  private final List<SingleWriterCount> parts = new CopyOnWriteArrayList<>();

  /** A new part of the registry's counter of that name. */
  static SingleWriterCount part(MetricRegistry registry, String name) {
    Counter counter = registry.counter(name, SumCounter::new);
    if (!(counter instanceof SumCounter)) {
      throw new IllegalArgumentException(
          "metric '" + name + "' is taken by a counter of another kind");
    }
    SingleWriterCount part = new SingleWriterCount();
    ((SumCounter) counter).parts.add(part);
    return part;
  }

  @Override
  public long getCount() {
    long sum = super.getCount();
    for (SingleWriterCount part : parts) {
      sum += part.get();
    }
    return sum;
  }
}
