package io.hrp.consumer.config;

import io.hrp.control.config.ConfigKey;
import io.hrp.control.config.KafkaSettings;
import io.hrp.control.config.PeerSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The parts of {@code docs/configuration.md} that speak of what the daemon reads, as Markdown. */
public final class ConfigurationPage {
  private ConfigurationPage() {}

  /** The section {@code kafka}. */
  public static String kafka() {
    return table(KafkaSettings.keys());
  }

  /** One peer of the section {@code peers}, and what may not be passed through to HBase. */
  public static String peers() {
    return table(PeerSettings.keys()) + "\n" + refused("hbase.", HBaseKeys.REFUSED);
  }

  /** The section {@code consumer}, and what may not be passed through to Kafka. */
  public static String consumer() {
    return table(ConsumerKeys.ALL) + "\n" + refused("kafka.", ConsumerKeys.REFUSED_KAFKA);
  }

  private static String table(List<ConfigKey<?>> keys) {
    StringBuilder text =
        new StringBuilder(
            "| key | type | default | range | tier | meaning |\n|---|---|---|---|---|---|\n");
    for (ConfigKey<?> key : keys) {
      text.append(
          "| `%s` | %s | %s | %s | %s | %s |\n"
              .formatted(
                  key.name(),
                  key.type(),
                  key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`",
                  key.range(),
                  key.tier().name().toLowerCase(Locale.ROOT),
                  key.help()));
    }
    return text.toString();
  }

  private static String refused(String prefix, Map<String, String> reasons) {
    StringBuilder text = new StringBuilder("| cannot be set | why |\n|---|---|\n");
    new TreeMap<>(reasons)
        .forEach((key, why) -> text.append("| `%s%s` | %s |\n".formatted(prefix, key, why)));
    return text.toString();
  }
}
