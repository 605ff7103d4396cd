package io.hrp.control;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.TableId;
import java.util.List;
import java.util.Optional;

/** How one peer is doing on one daemon. Immutable. */
public final class PeerStatus {
  private final String peer;
  private final Condition condition;
  private final List<TableStatus> tables;

  private PeerStatus(String peer, Condition condition, List<TableStatus> tables) {
    this.peer = requireNonNull(peer, "peer");
    this.condition = requireNonNull(condition, "condition");
    this.tables = List.copyOf(tables);
  }

  /**
   * Describes one peer.
   *
   * @param condition of the peer as a whole: its connection, its place in the consumer group
   * @param tables those of which the daemon owns a partition
   */
  public static PeerStatus of(String peer, Condition condition, List<TableStatus> tables) {
    return new PeerStatus(peer, condition, tables);
  }

  public String peer() {
    return peer;
  }

  public Condition condition() {
    return condition;
  }

  public List<TableStatus> tables() {
    return tables;
  }

  public Optional<TableStatus> table(TableId table) {
    return tables.stream().filter(status -> status.table().equals(table)).findFirst();
  }

  @Override
  public String toString() {
    return peer + " " + condition + " " + tables;
  }
}
