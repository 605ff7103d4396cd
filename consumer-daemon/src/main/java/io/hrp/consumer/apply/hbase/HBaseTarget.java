package io.hrp.consumer.apply.hbase;

import static java.util.Objects.requireNonNull;

import io.hrp.control.config.PeerDurability;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a target cluster is and how it is written to. Immutable.
 *
 * @param peer for messages
 * @param clientSettings for HBase's client, as {@code hbase.zookeeper.quorum}; may hold secrets
 * @param durability the weakest; a mutation may ask for a stronger one
 * @param rpcTimeout longest wait for one server's answer
 * @param operationTimeout longest wait for a whole call, finding its regions included; not below
 *     {@code rpcTimeout}
 */
public record HBaseTarget(
    String peer,
    Map<String, String> clientSettings,
    PeerDurability durability,
    Duration rpcTimeout,
    Duration operationTimeout) {
  public HBaseTarget {
    requireNonNull(peer, "peer");
    requireNonNull(durability, "durability");
    requireNonNull(rpcTimeout, "rpcTimeout");
    requireNonNull(operationTimeout, "operationTimeout");
    clientSettings = Map.copyOf(new TreeMap<>(clientSettings));
    if (rpcTimeout.isNegative() || rpcTimeout.isZero()) {
      throw new IllegalArgumentException("rpcTimeout must be positive, got " + rpcTimeout);
    }
    if (operationTimeout.compareTo(rpcTimeout) < 0) {
      throw new IllegalArgumentException(
          "operationTimeout must not be below rpcTimeout, got "
              + operationTimeout
              + " and "
              + rpcTimeout);
    }
  }

  /** Client settings hold secrets. */
  @Override
  public String toString() {
    return "peer '" + peer + "'";
  }
}
