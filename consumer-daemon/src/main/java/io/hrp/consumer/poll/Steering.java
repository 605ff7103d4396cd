package io.hrp.consumer.poll;

import static java.util.Objects.requireNonNull;

import io.hrp.consumer.status.PauseReason;
import io.hrp.control.ControlReader;
import io.hrp.control.ControlState;
import io.hrp.control.ControlView;
import io.hrp.control.Hold;
import io.hrp.control.Pause;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes partitions follow what operators decided.
 *
 * <p><b>Taken up.</b> A control offset is taken up once every partition that it pauses or holds is
 * quiet: the lanes were stopped, and then no lane was active. Whoever waits for the offset may then
 * rely on it that nothing of the scope is applied, and that nothing is on its way. Belongs to the
 * poll thread.
 */
final class Steering {
  private static final Logger log = LoggerFactory.getLogger(Steering.class);

  private final String peer;
  private final ControlReader control;
  private final Openings openings;
  private ControlView view = ControlView.notRead();

  Steering(String peer, ControlReader control, Openings openings) {
    this.peer = requireNonNull(peer, "peer");
    this.control = requireNonNull(control, "control");
    this.openings = requireNonNull(openings, "openings");
  }

  /** The state that the last {@link #steer} went by. */
  ControlState state() {
    return view.state();
  }

  void steer(Assignment assignment, Instant now) {
    view = control.current();
    for (PartitionWork work : assignment.all()) {
      steer(work, now);
    }
  }

  /** The control offset that is taken up, given that lanes follow their partitions' reasons. */
  long takenUp(Assignment assignment, long before) {
    if (!view.complete()) {
      return before;
    }
    for (PartitionWork work : assignment.all()) {
      boolean concerned =
          work.isPausedFor(PauseReason.OPERATOR) || work.isPausedFor(PauseReason.HOLD);
      if (concerned && work.isOpen() && !work.lanes().isQuiet()) {
        return before;
      }
    }
    return view.state().controlOffset();
  }

  private void steer(PartitionWork work, Instant now) {
    ControlState state = view.state();
    if (view.complete() && work.isSteeredBy(state) && !hasOtherCount(work, state)) {
      return;
    }
    set(
        work,
        PauseReason.CONTROL_UNKNOWN,
        view.complete() ? null : "hrp-control has not been read yet",
        now);
    if (!view.complete()) {
      return;
    }
    declared(work, state.declaredPartitions(work.table()), now);
    Optional<Pause> pause = state.pauseOf(peer, work.table());
    set(
        work,
        PauseReason.OPERATOR,
        pause
            .map(each -> "paused by " + each.note().who() + reasonOf(each.note().why()))
            .orElse(null),
        now);
    Optional<Hold> hold = state.holdOf(peer, work.table());
    set(work, PauseReason.HOLD, hold.map(Hold::purpose).orElse(null), now);
    work.steeredBy(state);
  }

  /** Whether its lanes were made for another number of partitions than is declared now. */
  private static boolean hasOtherCount(PartitionWork work, ControlState state) {
    OptionalInt declared = state.declaredPartitions(work.table());
    return work.isOpen()
        && declared.isPresent()
        && work.lanes().identity().partitions() != declared.getAsInt();
  }

  private void declared(PartitionWork work, OptionalInt partitions, Instant now) {
    set(
        work,
        PauseReason.NOT_DECLARED,
        partitions.isPresent()
            ? null
            : "no partition count is declared for the table: create the topic with 'hrp topic"
                + " create'",
        now);
    if (partitions.isPresent() && hasOtherCount(work, view.state())) {
      set(work, PauseReason.STARTING, "the number of partitions has changed", now);
      if (!work.runs() && work.lanes().isQuiet()) {
        openings.reopen(work, partitions.getAsInt());
        work.lift(PauseReason.STARTING);
      }
    }
  }

  private static String reasonOf(String why) {
    return why.isEmpty() ? "" : ": " + why;
  }

  private void set(PartitionWork work, PauseReason reason, @Nullable String message, Instant now) {
    boolean changed;
    if (message == null) {
      changed = work.lift(reason);
    } else {
      changed = work.pause(reason, message, Optional.empty(), now);
    }
    if (changed) {
      log.info(
          "partition {} {}; table={} partition={} peer={}",
          message == null ? "no longer waits for" : "waits for",
          reason.label(),
          work.table(),
          work.partition().partition(),
          peer);
    }
  }
}
