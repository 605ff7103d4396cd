package io.hrp.control;

import static java.util.Objects.requireNonNull;

/**
 * Which selection (tables, families, renames) of a peer is in force. A daemon with an older
 * generation, or with another hash of the same one, takes no partition of the peer.
 */
public final class PeerSelection extends ControlValue {
  private final String peer;
  private final long generation;
  private final String hash;

  private PeerSelection(String peer, long generation, String hash, ChangeNote note) {
    super(ControlKey.of(Scope.ofPeer(peer), ControlAttribute.SELECTION).text(), note);
    this.peer = peer;
    this.generation = generation;
    this.hash = requireNonNull(hash, "hash");
  }

  public static PeerSelection of(String peer, long generation, String hash, ChangeNote note) {
    return new PeerSelection(peer, generation, hash, note);
  }

  public String peer() {
    return peer;
  }

  public long generation() {
    return generation;
  }

  public String hash() {
    return hash;
  }
}
