package io.hrp.consumer.status;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How a peer is doing at one moment, as its poll thread sees it.
 *
 * @param controlOffset the control offset taken up: for every pause and hold up to it, no call is
 *     in flight any more; -1 if none was read
 * @param heldBytes bytes of records in the lanes
 * @param heldRecords records in the lanes
 * @param isSettled whether the peer's group was joined and each partition assigned then was opened,
 *     or waits for a reason that is known; true from then on
 */
public record PeerSnapshot(
    String peer,
    long controlOffset,
    long heldBytes,
    long heldRecords,
    boolean isSettled,
    List<PartitionSnapshot> partitions) {
  public PeerSnapshot {
    requireNonNull(peer, "peer");
    partitions = List.copyOf(partitions);
  }

  /** Before the first one. */
  public static PeerSnapshot none(String peer) {
    return new PeerSnapshot(peer, -1, 0, 0, false, List.of());
  }
}
