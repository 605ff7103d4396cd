package io.hrp.consumer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MetricSeriesTest {
  @Test
  void writesLabelsInTheCataloguesOrder() {
    MetricSeries series =
        new MetricSeries(ConsumerMetric.LAG_RECORDS, List.of("east", "ns:orders", "3"));

    assertThat(series.registryName())
        .isEqualTo("hrp_consumer_lag_records{peer=east,table=ns:orders,partition=3}");
  }

  @Test
  void readsBackWhatItWroteWhateverTheLabelsHold() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "ab=,{}\\\"\n é";
    Set<String> names = new HashSet<>();
    Set<List<String>> labels = new HashSet<>();
    for (int round = 0; round < 2_000; round++) {
      List<String> values = List.of(word(random, alphabet), word(random, alphabet));
      MetricSeries series = new MetricSeries(ConsumerMetric.PARTITIONS_PAUSED, values);

      String name = series.registryName();

      assertThat(MetricSeries.parse(name)).as("seed %d, %s", seed, name).contains(series);
      names.add(name);
      labels.add(values);
    }
    assertThat(names).as("seed %d", seed).hasSameSizeAs(labels);
  }

  @Test
  void doesNotKnowNamesOutsideOfTheCatalogue() {
    assertThat(MetricSeries.parse("jvm.memory")).isEmpty();
    assertThat(MetricSeries.parse("hrp_consumer_lag_records")).isEmpty();
    assertThat(MetricSeries.parse("hrp_consumer_lag_records{nonsense}")).isEmpty();
  }

  @Test
  void refusesAWrongNumberOfLabels() {
    assertThatThrownBy(() -> new MetricSeries(ConsumerMetric.LAG_RECORDS, List.of("east")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[peer, table, partition]");
  }

  private static String word(Random random, String alphabet) {
    StringBuilder word = new StringBuilder();
    for (int length = random.nextInt(6); length > 0; length--) {
      word.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return word.toString();
  }
}
