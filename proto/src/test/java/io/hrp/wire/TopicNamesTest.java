package io.hrp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.internals.Topic;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNamesTest {
  @ParameterizedTest
  @CsvSource({
    "orders, hrp.default.orders",
    "shop:orders, hrp.shop.orders",
    "my_shop:open-orders.v2, hrp.my-ushop.open--orders-dv2",
    "shop:größe, hrp.shop.gr-xC3-xB6-xC3-x9Fe",
    "x:-u, hrp.x.--u"
  })
  void namesTheTopicOfATable(String table, String topic) {
    assertThat(TopicNames.dataTopic(TableId.parse(table))).isEqualTo(topic);
    assertThat(TopicNames.deadLetterTopic(TableId.parse(table)))
        .isEqualTo("hrp-dead-letter." + topic.substring(4));
  }

  @Test
  void everyNameIsLegalReversibleAndUniqueEvenWhereKafkaMixesDotAndUnderscore() {
    long seed = System.nanoTime();
    System.out.println("everyNameIsLegal...: seed " + seed);
    Random random = new Random(seed);
    Map<String, TableId> seen = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      TableId table = TableId.of(name(random), name(random));

      String topic = TopicNames.dataTopic(table);
      String deadLetters = TopicNames.deadLetterTopic(table);

      Topic.validate(topic);
      Topic.validate(deadLetters);
      assertThat(TopicNames.tableOfDataTopic(topic)).as("seed %d", seed).contains(table);
      assertThat(TopicNames.tableOfDeadLetterTopic(deadLetters)).contains(table);
      assertThat(TopicNames.tableOfDataTopic(deadLetters)).isEmpty();
      assertThat(TopicNames.tableOfDeadLetterTopic(topic)).isEmpty();
      assertThat(TopicNames.dataTopicPattern().matcher(topic).matches()).isTrue();
      assertThat(TopicNames.dataTopicPattern().matcher(deadLetters).matches()).isFalse();
      TableId other = seen.put(topic.replace('.', '_'), table);
      assertThat(other == null || other.equals(table)).as("seed %d: %s", seed, other).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TopicNames.CONTROL,
        TopicNames.AUDIT,
        TopicNames.STATUS,
        "",
        "hrp.",
        "hrp.a",
        "hrp..b",
        "hrp.a.",
        "hrp.a.b.c",
        "hrp.a.b-",
        "hrp.a.b-q",
        "hrp.a.b-x4",
        "hrp.a.b-x41",
        "hrp.a.b-xc3-xb6",
        "hrp.a.b-xFF",
        "hrp.a.b-x3A",
        "hrp.a_b.c",
        "hrp.a.ö",
        "other.a.b"
      })
  void aTopicThatNoTableGivesBelongsToNone(String topic) {
    assertThat(TopicNames.tableOfDataTopic(topic)).isEmpty();
  }

  @Test
  void refusesANameThatWouldBeTooLongWithItsLength() {
    TableId longest = TableId.of("n", "t".repeat(TopicNames.MAX_LENGTH - 18));
    TableId tooLong = TableId.of("n", "t".repeat(TopicNames.MAX_LENGTH - 17));

    assertThat(TopicNames.deadLetterTopic(longest)).hasSize(249);
    assertThatThrownBy(() -> TopicNames.dataTopic(tooLong))
        .isInstanceOf(TopicNameTooLongException.class)
        .hasMessageContaining("250")
        .asInstanceOf(InstanceOfAssertFactories.type(TopicNameTooLongException.class))
        .satisfies(
            e -> {
              assertThat(e.length()).isEqualTo(250);
              assertThat(e.table()).isEqualTo(tooLong);
            });
  }

  /** Drawn from few characters, so that names that differ little come up often. */
  private static String name(Random random) {
    String[] alphabet = {"a", "u", "d", "x", "-", "_", ".", "5", "F", "ö", "語", "𝒳"};
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      name.append(alphabet[random.nextInt(alphabet.length)]);
    }
    return name.toString();
  }
}
