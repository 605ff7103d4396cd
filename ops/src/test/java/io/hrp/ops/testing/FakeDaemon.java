package io.hrp.ops.testing;

import io.hrp.control.ControlState;
import io.hrp.control.DaemonIdentity;
import io.hrp.control.DaemonStatus;
import io.hrp.control.PeerStatus;
import io.hrp.control.RunState;
import io.hrp.control.StatusSink;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A daemon that reports whenever it has its turn and takes up control unless it is told not to. */
public final class FakeDaemon {
  /** How it behaves. */
  public enum Mood {
    OBEDIENT,
    /** Reports, but takes nothing up. */
    STUBBORN,
    /** Neither reports nor takes anything up. */
    DEAD
  }

  private final DaemonIdentity identity;
  private final StatusSink sink;
  private Mood mood = Mood.OBEDIENT;
  private RunState state = RunState.RUNNING;
  private long takenUp = -1;
  private List<PeerStatus> peers = List.of();

  FakeDaemon(String id, StatusSink sink, Instant started) {
    this.identity =
        DaemonIdentity.of(id, UUID.nameUUIDFromBytes(new byte[] {1}), "h", 7, started, "test");
    this.sink = sink;
  }

  public void mood(Mood next) {
    this.mood = next;
  }

  public void peers(List<PeerStatus> reported) {
    this.peers = List.copyOf(reported);
  }

  /** Says that it stops, and is silent from then on. */
  public void stop(Instant now) {
    state = RunState.STOPPED;
    report(now);
    mood = Mood.DEAD;
  }

  void turn(Instant now, ControlState control) {
    if (mood == Mood.OBEDIENT) {
      takenUp = control.controlOffset();
    }
    if (mood != Mood.DEAD) {
      report(now);
    }
  }

  private void report(Instant now) {
    sink.report(DaemonStatus.of(identity, now, state, takenUp, peers));
  }

  public long takenUp() {
    return takenUp;
  }
}
