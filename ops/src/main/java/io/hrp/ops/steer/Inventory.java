package io.hrp.ops.steer;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ControlState;
import io.hrp.control.config.NearMiss;
import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.wire.TableId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which peers and tables there are, to refuse names that exist nowhere. */
public final class Inventory {
  private final SortedSet<String> peers;
  private final SortedSet<TableId> tables;
  private final SortedMap<TableId, Long> deadLetters;

  private Inventory(
      SortedSet<String> peers, SortedSet<TableId> tables, SortedMap<TableId, Long> deadLetters) {
    this.peers = peers;
    this.tables = tables;
    this.deadLetters = deadLetters;
  }

  /** Peers that are configured or were ever seen; tables that are declared or have a topic. */
  public static Inventory of(SteeringPorts ports, ControlState state) {
    SortedSet<String> peers = new TreeSet<>(ports.configuredPeers());
    peers.addAll(state.registeredPeers());
    SortedSet<TableId> tables = new TreeSet<>(state.declaredTables());
    SortedMap<TableId, Long> deadLetters = new TreeMap<>();
    for (DataTopic topic : ports.topics().list()) {
      tables.add(topic.table());
      if (topic.hasDeadLetterTopic()) {
        deadLetters.put(topic.table(), topic.deadLetters());
      }
    }
    return new Inventory(peers, tables, deadLetters);
  }

  public SortedSet<String> peers() {
    return peers;
  }

  public SortedSet<TableId> tables() {
    return tables;
  }

  /** Records of the dead-letter topics, of the tables that have one. */
  public SortedMap<TableId, Long> deadLetters() {
    return deadLetters;
  }

  /**
   * Returns the peer.
   *
   * @throws CommandException a usage error that lists the peers, if there is none of that name
   */
  public String requirePeer(String name) {
    if (!peers.contains(requireNonNull(name, "name"))) {
      throw unknown("peer", name, peers, "peers");
    }
    return name;
  }

  /**
   * Reads a table's name as the command line has it.
   *
   * @throws CommandException a usage error, if it is no table's name
   */
  public static TableId parseTable(String name) {
    try {
      return TableId.parse(name);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE, "'" + name + "' is no table: write 'table' or 'namespace:table'", e);
    }
  }

  /**
   * Returns the table.
   *
   * @throws CommandException a usage error that lists the tables, if there is none of that name
   */
  public TableId requireTable(String name) {
    TableId table = parseTable(name);
    if (!tables.contains(table)) {
      List<String> names = tables.stream().map(TableId::toString).collect(Collectors.toList());
      throw unknown("table", name, names, "tables with a topic");
    }
    return table;
  }

  /**
   * Checks a family's name against the clusters.
   *
   * @return a note if no cluster could be asked
   * @throws CommandException a usage error that lists the families, if none of them has it
   */
  static Optional<String> checkFamily(String family, TableId table, List<PeerTable> clusters) {
    SortedSet<String> families = new TreeSet<>();
    boolean asked = false;
    for (PeerTable cluster : clusters) {
      families.addAll(cluster.families());
      asked |= cluster.presence() == PeerTable.Presence.PRESENT;
    }
    if (families.contains(family)) {
      return Optional.empty();
    }
    if (!asked) {
      return Optional.of(
          "no peer could be asked whether table '" + table + "' has a family '" + family + "'");
    }
    throw unknown("family of table '" + table + "'", family, families, "families");
  }

  private static CommandException unknown(
      String what, String name, Collection<String> known, String plural) {
    String list =
        known.isEmpty() ? "there are no " + plural : plural + ": " + String.join(", ", known);
    return new CommandException(
        ExitCode.USAGE,
        "no " + what + " '" + name + "'" + NearMiss.hint(name, known) + " (" + list + ")");
  }
}
