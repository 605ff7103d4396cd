package io.hrp.producer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.wire.TableId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DropInSettingsTest {
  @Test
  void nothingIsConfiguredByDefault() {
    DropInSettings settings = DropInSettings.read(Map.of());

    assertThat(settings.modes().publishAny()).isFalse();
    assertThat(settings.modes().of(TableId.of("default", "orders")))
        .isEqualTo(TableMode.NOT_CONFIGURED);
    assertThat(settings.heal()).isEqualTo(DropInSettings.Heal.DAEMON);
    assertThat(settings.checkAndMutate()).isEqualTo(DropInSettings.CheckAndMutate.REFUSE);
    assertThat(settings.coprocessorAllowed()).isFalse();
  }

  @Test
  void everyKeyIsRead() {
    DropInSettings settings =
        DropInSettings.read(
            Map.of(
                "hrp.producer.tables.publish-only", "shop:*",
                "hrp.producer.tables.dual", "shop:orders",
                "hrp.producer.tables.direct", "shop:tmp*",
                "hrp.producer.dual.heal", "on-failure",
                "hrp.producer.dual.check-and-mutate", "best-effort",
                "hrp.producer.coprocessor.allowed", "true"));

    assertThat(settings.modes().publishAny()).isTrue();
    assertThat(settings.heal()).isEqualTo(DropInSettings.Heal.ON_FAILURE);
    assertThat(settings.checkAndMutate()).isEqualTo(DropInSettings.CheckAndMutate.BEST_EFFORT);
    assertThat(settings.coprocessorAllowed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "shop:orders, DUAL",
    "shop:clicks, PUBLISH_ONLY",
    "shop:tmp1, DIRECT",
    "shop:tmp_keep, PUBLISH_ONLY",
    "shop2:orders, NOT_CONFIGURED",
    "default:events, DUAL",
    "web:events, NOT_CONFIGURED",
    "east:audit, PUBLISH_ONLY",
    "hbase:meta, NOT_CONFIGURED",
    "default:a.b, DIRECT",
    "default:axb, NOT_CONFIGURED",
  })
  void theMostSpecificPatternWins(String table, TableMode mode) {
    DropInSettings settings =
        DropInSettings.read(
            Map.of(
                "hrp.producer.tables.publish-only", "shop:*, shop:tmp_k*, *:audit",
                "hrp.producer.tables.dual", "shop:orders,events",
                "hrp.producer.tables.direct", "shop:tmp*,a.b"));

    assertThat(settings.modes().of(TableId.parse(table))).isEqualTo(mode);
  }

  @Test
  void aWildcardForEverythingLeavesHBasesOwnTablesAlone() {
    TableModes modes =
        DropInSettings.read(Map.of("hrp.producer.tables.publish-only", "*:*")).modes();

    assertThat(modes.of(TableId.of("any", "table"))).isEqualTo(TableMode.PUBLISH_ONLY);
    assertThat(modes.of(TableId.of("hbase", "meta"))).isEqualTo(TableMode.NOT_CONFIGURED);
  }

  @Test
  void twoPatternsThatSayEquallyMuchInTwoModesAreRefusedForTheirTableAlone() {
    TableModes modes =
        DropInSettings.read(
                Map.of(
                    "hrp.producer.tables.publish-only", "shop:ord*",
                    "hrp.producer.tables.dual", "shop:*ers"))
            .modes();

    assertThatThrownBy(() -> modes.of(TableId.of("shop", "orders")))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("shop:ord*")
        .hasMessageContaining("shop:*ers");
    assertThat(modes.of(TableId.of("shop", "ordinary"))).isEqualTo(TableMode.PUBLISH_ONLY);
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    assertThatThrownBy(
            () ->
                DropInSettings.read(
                    Map.of(
                        "hrp.producer.tables.publish-only", "default:a,b c,hbase:meta",
                        "hrp.producer.tables.dual", "a",
                        "hrp.producer.dual.heal", "never",
                        "hrp.producer.coprocessor.allowed", "yes")))
        .isInstanceOfSatisfying(
            InvalidOptionsException.class, e -> assertThat(e.problems()).hasSize(5))
        .hasMessageContaining("'default:a' stands in two modes")
        .hasMessageContaining("'b c' names no table")
        .hasMessageContaining("hbase:meta")
        .hasMessageContaining("daemon or on-failure")
        .hasMessageContaining("false or true");
  }
}
