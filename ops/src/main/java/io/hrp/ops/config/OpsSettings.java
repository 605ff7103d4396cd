package io.hrp.ops.config;

import static java.util.Objects.requireNonNull;

import io.hrp.control.config.ConfigException;
import io.hrp.control.config.ConfigKey;
import io.hrp.control.config.ConfigSection;
import io.hrp.control.config.HrpYaml;
import io.hrp.control.config.KafkaSettings;
import io.hrp.control.config.PeerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the command line reads of {@code hrp.yaml}: the shared sections and {@code ops}.
 *
 * @param confirmTimeout how long a command waits for the daemons to take up its change
 */
public record OpsSettings(KafkaSettings kafka, List<PeerSettings> peers, Duration confirmTimeout) {
  public static final ConfigKey<Duration> CONFIRM_TIMEOUT =
      ConfigKey.millis(
              "confirm.timeout-ms",
              1_000,
              3_600_000,
              "How long a command waits until every live daemon has taken up its change")
          .withDefault(Duration.ofSeconds(20));

  public OpsSettings {
    requireNonNull(kafka, "kafka");
    requireNonNull(confirmTimeout, "confirmTimeout");
    peers = List.copyOf(peers);
  }

  /** Every key of the section {@code ops}, for the reference page. */
  public static List<ConfigKey<?>> keys() {
    return List.of(CONFIRM_TIMEOUT);
  }

  /**
   * Reads the file.
   *
   * @throws ConfigException listing every fault
   */
  public static OpsSettings load(Path file) {
    HrpYaml yaml = HrpYaml.read(file);
    ConfigSection ops = yaml.section("ops");
    OpsSettings settings =
        new OpsSettings(
            KafkaSettings.read(yaml.section("kafka")),
            PeerSettings.readAll(yaml.section("peers")),
            ops.get(CONFIRM_TIMEOUT));
    yaml.finish();
    return settings;
  }
}
