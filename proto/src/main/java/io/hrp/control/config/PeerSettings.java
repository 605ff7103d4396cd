package io.hrp.control.config;

import static java.util.Objects.requireNonNull;

import io.hrp.control.PeerName;
import io.hrp.control.StartPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** One peer of the section {@code peers}. Immutable. */
public final class PeerSettings {
  public static final ConfigKey<PeerDurability> DURABILITY =
      ConfigKey.choice(
              "durability",
              PeerDurability.class,
              "Weakest durability of writes; a region server's crash loses the latest mutations under"
                  + " async-wal, everything since the last flush under skip-wal")
          .withDefault(PeerDurability.SYNC_WAL);

  public static final ConfigKey<Long> GENERATION =
      ConfigKey.number(
              "generation",
              1,
              Long.MAX_VALUE,
              "Raised by one whenever the selection of the peer changes")
          .withDefault(1L);

  public static final ConfigKey<StartPosition> START_POSITION =
      ConfigKey.choice(
              "start-position",
              StartPosition.class,
              "Where a peer never seen before begins in partitions that exist already")
          .withDefault(StartPosition.EARLIEST);

  private static final List<String> ADDRESSES =
      List.of("hbase.zookeeper.quorum", "hbase.client.bootstrap.servers", "hbase.masters");

  private static final Map<String, String> REFUSED =
      Map.of(
          "hbase.client.connection.impl", "a peer is written through HBase's own connection",
          "hbase.client.async.connection.impl", "a peer is written through HBase's own connection");

  private final String name;
  private final SortedMap<String, String> hbase;
  private final PeerDurability durability;
  private final long generation;
  private final StartPosition startPosition;

  private PeerSettings(
      String name,
      SortedMap<String, String> hbase,
      PeerDurability durability,
      long generation,
      StartPosition startPosition) {
    this.name = requireNonNull(name, "name");
    this.hbase = hbase;
    this.durability = durability;
    this.generation = generation;
    this.startPosition = startPosition;
  }

  /** Every key of a peer but those passed on, for the reference page. */
  public static List<ConfigKey<?>> keys() {
    return List.of(DURABILITY, GENERATION, START_POSITION);
  }

  /** Reads all peers, in the order of their names; faults go into the section's problems. */
  public static List<PeerSettings> readAll(ConfigSection peers) {
    List<PeerSettings> all = new ArrayList<>();
    for (String name : peers.childNames()) {
      if (!PeerName.isValid(name)) {
        peers.problems().add("'peers." + name + "': a peer is named by " + PeerName.RULE);
      }
      all.add(read(name, peers.child(name)));
    }
    if (all.isEmpty()) {
      peers.problems().add("'peers' names no peer: it needs at least one target cluster");
    }
    return all;
  }

  private static PeerSettings read(String name, ConfigSection section) {
    ConfigSection hbase = section.child("hbase");
    SortedMap<String, String> settings = hbase.passThrough(REFUSED);
    if (Collections.disjoint(settings.keySet(), ADDRESSES)) {
      section
          .problems()
          .add(
              "'"
                  + section.path()
                  + ".hbase' does not say where the cluster is: set one of "
                  + String.join(", ", ADDRESSES));
    }
    return new PeerSettings(
        name,
        settings,
        section.get(DURABILITY),
        section.get(GENERATION),
        section.get(START_POSITION));
  }

  public String name() {
    return name;
  }

  /** Settings for HBase's client, passed through. May hold secrets. */
  public SortedMap<String, String> hbase() {
    return hbase;
  }

  public PeerDurability durability() {
    return durability;
  }

  public long generation() {
    return generation;
  }

  public StartPosition startPosition() {
    return startPosition;
  }

  @Override
  public String toString() {
    return "peer '" + name + "'";
  }
}
