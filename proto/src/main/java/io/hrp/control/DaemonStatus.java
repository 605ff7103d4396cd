package io.hrp.control;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a daemon says of itself every {@link #INTERVAL}. Immutable. */
public final class DaemonStatus {
  /** How often a daemon reports. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  /** A daemon whose last report is older counts as gone: three intervals. */
  public static final Duration LIVE = INTERVAL.multipliedBy(3);

  private final DaemonIdentity identity;
  private final Instant time;
  private final RunState state;
  private final long controlOffset;
  private final List<PeerStatus> peers;

  private DaemonStatus(
      DaemonIdentity identity,
      Instant time,
      RunState state,
      long controlOffset,
      List<PeerStatus> peers) {
    this.identity = requireNonNull(identity, "identity");
    this.time = Instant.ofEpochMilli(time.toEpochMilli());
    this.state = requireNonNull(state, "state");
    this.controlOffset = controlOffset;
    this.peers = List.copyOf(peers);
  }

  /**
   * One report.
   *
   * @param time when it was made, by the daemon's clock; kept to the millisecond
   * @param state {@link RunState#STOPPED} in the last report of a daemon that stops in good order,
   *     so that nobody waits for it
   * @param controlOffset the control offset this daemon has taken up: with every hold up to it, its
   *     calls in flight have come back; -1 if it has not read control
   */
  public static DaemonStatus of(
      DaemonIdentity identity,
      Instant time,
      RunState state,
      long controlOffset,
      List<PeerStatus> peers) {
    return new DaemonStatus(identity, time, state, controlOffset, peers);
  }

  public DaemonIdentity identity() {
    return identity;
  }

  public String daemonId() {
    return identity.daemonId();
  }

  public UUID instance() {
    return identity.instance();
  }

  public Instant time() {
    return time;
  }

  public RunState state() {
    return state;
  }

  /** The control offset taken up; -1 if the daemon has not read control yet. */
  public long controlOffset() {
    return controlOffset;
  }

  public List<PeerStatus> peers() {
    return peers;
  }

  public Optional<PeerStatus> peer(String name) {
    return peers.stream().filter(status -> status.peer().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return identity + " " + state + " control=" + controlOffset + " " + peers;
  }
}
