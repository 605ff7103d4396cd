package io.hrp.control;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.TableId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A peer was seen for the first time: its start position, and the partitions that existed then, to
 * which alone that position applies. Later ones start at the earliest record. A peer with a
 * registration but without a committed offset has lost it, and parks.
 */
public final class PeerRegistration extends ControlValue {
  private final String peer;
  private final StartPosition startPosition;
  private final SortedMap<TableId, Integer> existing;

  private PeerRegistration(
      String peer,
      StartPosition startPosition,
      SortedMap<TableId, Integer> existing,
      ChangeNote note) {
    super(ControlKey.of(Scope.ofPeer(peer), ControlAttribute.REGISTRATION).text(), note);
    this.peer = peer;
    this.startPosition = requireNonNull(startPosition, "startPosition");
    this.existing = Collections.unmodifiableSortedMap(existing);
  }

  /**
   * Registers a peer.
   *
   * @param existing from each table whose topic existed to that topic's number of partitions
   * @param note its time is when the peer was first seen
   */
  public static PeerRegistration of(
      String peer, StartPosition startPosition, Map<TableId, Integer> existing, ChangeNote note) {
    return new PeerRegistration(peer, startPosition, new TreeMap<>(existing), note);
  }

  public String peer() {
    return peer;
  }

  public StartPosition startPosition() {
    return startPosition;
  }

  /** From each table whose topic existed then to that topic's number of partitions. */
  public SortedMap<TableId, Integer> existing() {
    return existing;
  }

  /** Where a partition without a committed offset begins when it is started for the first time. */
  public StartPosition startOf(TableId table, int partition) {
    return partition < existing.getOrDefault(table, 0) ? startPosition : StartPosition.EARLIEST;
  }
}
