package io.hrp.ops.steer;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ControlState;
import io.hrp.control.ControlUpdater;
import io.hrp.control.StatusSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the steering steps work with.
 *
 * @param updater changes control
 * @param control reads control, without getting into the way of writers
 * @param status the daemons' reports
 * @param configuredPeers the peers that the configuration names
 * @param defaultReplication replicas of a topic for which none are asked
 * @param timing how time is told and spent
 */
public record SteeringPorts(
    ControlUpdater updater,
    Supplier<ControlState> control,
    StatusSource status,
    TopicAdmin topics,
    PeerClusters clusters,
    List<String> configuredPeers,
    int defaultReplication,
    Timing timing) {
  public SteeringPorts {
    requireNonNull(updater, "updater");
    requireNonNull(control, "control");
    requireNonNull(status, "status");
    requireNonNull(topics, "topics");
    requireNonNull(clusters, "clusters");
    requireNonNull(timing, "timing");
    configuredPeers = List.copyOf(configuredPeers);
  }

  /**
   * How time is told and spent.
   *
   * @param confirmTimeout how long the daemons are waited for
   */
  public record Timing(
      Clock clock, LongSupplier nanoTicker, Wait waiting, Duration confirmTimeout) {
    public Timing {
      requireNonNull(clock, "clock");
      requireNonNull(nanoTicker, "nanoTicker");
      requireNonNull(waiting, "waiting");
      requireNonNull(confirmTimeout, "confirmTimeout");
    }
  }
}
