package io.hrp.ops.steer;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A table as a peer's cluster has it.
 *
 * @param presence whether it is there
 * @param families its families, as text; empty unless present
 * @param newVersionFamilies those with NEW_VERSION_BEHAVIOR, under which replaying is not harmless
 * @param failure why the cluster could not be asked; empty if it could
 */
public record PeerTable(
    String peer,
    Presence presence,
    SortedSet<String> families,
    SortedSet<String> newVersionFamilies,
    String failure) {
  /** Whether a table is there. */
  public enum Presence {
    PRESENT,
    MISSING,
    /** The cluster did not answer in time. */
    UNKNOWN
  }

  public PeerTable {
    families = new TreeSet<>(families);
    newVersionFamilies = new TreeSet<>(newVersionFamilies);
  }

  public static PeerTable present(
      String peer, SortedSet<String> families, SortedSet<String> newVersionFamilies) {
    return new PeerTable(peer, Presence.PRESENT, families, newVersionFamilies, "");
  }

  public static PeerTable missing(String peer) {
    return new PeerTable(peer, Presence.MISSING, new TreeSet<>(), new TreeSet<>(), "");
  }

  public static PeerTable unknown(String peer, String failure) {
    return new PeerTable(peer, Presence.UNKNOWN, new TreeSet<>(), new TreeSet<>(), failure);
  }
}
