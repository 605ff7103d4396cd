package io.hrp.ops.steer;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ControlChange;
import io.hrp.control.ControlException;
import io.hrp.control.ControlRefusedException;
import io.hrp.control.ControlState;
import io.hrp.control.DiscardInterval;
import io.hrp.control.Hold;
import io.hrp.control.Scope;
import io.hrp.control.TopicOffsets;
import io.hrp.ops.exit.CommandException;
import io.hrp.ops.exit.ExitCode;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Disables and enables a table or family, so that exactly the records between two offsets are
 * discarded although daemons learn of changes late:
 *
 * <ol>
 *   <li>write a hold; a daemon that takes it up applies and discards nothing of the scope, and has
 *       waited for its calls in flight;
 *   <li>wait until every live daemon has taken it up; if one does not, lift the hold: nothing has
 *       changed;
 *   <li>read where the partitions end;
 *   <li>in one transaction write the interval's start or end and remove the hold, provided that it
 *       is still ours: somebody may have taken it for abandoned.
 * </ol>
 */
public final class DiscardSteps {
  /** A hold lasts seconds; one this old was left by a command that died. */
  private static final Duration ABANDONED = Duration.ofMinutes(1);

  private enum Turn {
    DISABLE,
    ENABLE
  }

  private final SteeringPorts ports;
  private final Operator operator;

  public DiscardSteps(SteeringPorts ports, Operator operator) {
    this.ports = requireNonNull(ports, "ports");
    this.operator = requireNonNull(operator, "operator");
  }

  /** What disabling would do now. */
  public DiscardPlan plan(Scope scope) {
    TableId table = scope.table().orElseThrow();
    ControlState state = ports.control().get();
    Optional<DiscardInterval> open = state.openIntervalAt(scope);
    TopicOffsets ends = ports.topics().ends(table);
    long records = open.map(interval -> between(interval.from(), ends)).orElse(0L);
    SortedMap<String, Long> backlog = new TreeMap<>();
    for (String peer : Inventory.of(ports, state).peers()) {
      if (scope.touches(peer, table)) {
        backlog.put(peer, Backlog.of(ports.topics().committed(peer, table), ends));
      }
    }
    return new DiscardPlan(scope, open.isPresent(), records, backlog);
  }

  /** Disables the scope; one that is disabled already stays as it is. */
  public Outcome disable(Scope scope) {
    return turn(Turn.DISABLE, scope);
  }

  /**
   * Enables what was disabled under exactly this scope, or lifts the hold that a broken-off disable
   * has left there.
   *
   * @throws CommandException refused, if only a wider scope is disabled
   */
  public Outcome enable(Scope scope) {
    return turn(Turn.ENABLE, scope);
  }

  private Outcome turn(Turn turn, Scope scope) {
    ControlState state = ports.control().get();
    List<String> notes = familyNotes(scope);
    if (turn == Turn.ENABLE
        && state.holdAt(scope).isPresent()
        && state.openIntervalAt(scope).isEmpty()) {
      return liftAbandoned(scope, notes);
    }
    Optional<String> reasonNotTo = reasonNotTo(turn, scope, state);
    if (reasonNotTo.isPresent()) {
      notes.add(reasonNotTo.get());
      return operator.isDryRun() ? Outcome.planned(List.of(), notes) : Outcome.unchanged(notes);
    }
    if (operator.isDryRun()) {
      TopicOffsets ends = ports.topics().ends(scope.table().orElseThrow());
      return Outcome.planned(List.of(change(turn, scope, state, ends).toString()), notes);
    }
    String holdId = UUID.randomUUID().toString();
    long held = hold(turn, scope, holdId);
    return cut(turn, scope, holdId, held, notes);
  }

  /** Nothing is disabled here, but a command that was to disable it was broken off. */
  private Outcome liftAbandoned(Scope scope, List<String> notes) {
    List<ControlChange> changes = List.of(ControlChange.liftHold(scope));
    notes.add("a command that did not come to its end held " + scope + "; nothing was discarded");
    if (operator.isDryRun()) {
      return Outcome.planned(List.of(changes.get(0).toString()), notes);
    }
    long offset =
        ports
            .updater()
            .update(
                operator.who(),
                operator.why(),
                state -> {
                  refuseIfHeld(state, scope, "");
                  return state.holdAt(scope).isPresent() ? changes : List.of();
                });
    return Decisions.confirmed(ports, offset, new Decision(changes, notes));
  }

  private List<String> familyNotes(Scope scope) {
    List<String> notes = new ArrayList<>();
    if (scope.family().isPresent()) {
      TableId table = scope.table().orElseThrow();
      List<PeerTable> clusters =
          ports.clusters().describe(table).stream()
              .filter(cluster -> scope.touches(cluster.peer(), table))
              .toList();
      Inventory.checkFamily(scope.family().get(), table, clusters).ifPresent(notes::add);
    }
    return notes;
  }

  /** Why nothing is to be done, if so. */
  private static Optional<String> reasonNotTo(Turn turn, Scope scope, ControlState state) {
    Optional<DiscardInterval> open = state.openIntervalAt(scope);
    if (turn == Turn.DISABLE) {
      return open.map(interval -> scope + " is disabled already " + interval.started());
    }
    if (open.isPresent()) {
      return Optional.empty();
    }
    for (Scope wider : Scopes.wider(scope)) {
      Optional<DiscardInterval> interval = state.openIntervalAt(wider);
      if (interval.isPresent()) {
        throw new CommandException(
            ExitCode.REFUSED,
            scope
                + " is not disabled by itself, but "
                + wider
                + " is, "
                + interval.get().started()
                + ": enable that");
      }
    }
    return Optional.of(scope + " is not disabled");
  }

  private long hold(Turn turn, Scope scope, String holdId) {
    String purpose = (turn == Turn.DISABLE ? "disable " : "enable ") + scope;
    return ports
        .updater()
        .update(
            operator.who(),
            operator.why(),
            state -> {
              refuseIfHeld(state, scope, holdId);
              return List.of(ControlChange.hold(scope, holdId, purpose));
            });
  }

  private void refuseIfHeld(ControlState state, Scope scope, String holdId) {
    Optional<Hold> other = state.holdAt(scope).filter(hold -> !hold.id().equals(holdId));
    if (other.isPresent()
        && other.get().note().when().isAfter(ports.timing().clock().instant().minus(ABANDONED))) {
      throw new ControlRefusedException(
          "another change of "
              + scope
              + " is under way ("
              + other.get().purpose()
              + " "
              + other.get().note()
              + "): try again in a minute");
    }
  }

  private Outcome cut(Turn turn, Scope scope, String holdId, long held, List<String> notes) {
    try {
      Confirmation quiet = new DaemonWatch(ports.status(), ports.timing()).await(held);
      if (!quiet.missing().isEmpty()) {
        notes.add("nothing was changed: a daemon that did not confirm might still apply records");
        lift(scope, holdId).ifPresent(notes::add);
        return new Outcome(false, List.of(), -1, quiet.confirmed(), quiet.missing(), notes);
      }
      TopicOffsets ends = ports.topics().ends(scope.table().orElseThrow());
      List<ControlChange> changes = new ArrayList<>();
      long offset = write(turn, scope, holdId, ends, changes);
      return Decisions.confirmed(ports, offset, new Decision(changes, notes));
    } catch (ControlException | CommandException e) {
      Optional<String> stuck = lift(scope, holdId);
      if (stuck.isPresent()) {
        throw new CommandException(ExitCode.UNREACHABLE, e.getMessage() + "; " + stuck.get(), e);
      }
      throw e;
    }
  }

  private long write(
      Turn turn, Scope scope, String holdId, TopicOffsets ends, List<ControlChange> changes) {
    return ports
        .updater()
        .update(
            operator.who(),
            operator.why(),
            state -> {
              changes.clear();
              if (isDone(turn, scope, holdId, state)) {
                return List.of();
              }
              changes.add(change(turn, scope, state, ends));
              return List.of(changes.get(0), ControlChange.liftHold(scope));
            });
  }

  /**
   * Whether an earlier attempt of ours was written although it seemed to fail. If the hold is gone
   * and the interval is not as wanted, somebody took the hold for abandoned.
   */
  private static boolean isDone(Turn turn, Scope scope, String holdId, ControlState state) {
    if (state.holdAt(scope).filter(hold -> hold.id().equals(holdId)).isPresent()) {
      return false;
    }
    if (state.openIntervalAt(scope).isPresent() == (turn == Turn.DISABLE)) {
      return true;
    }
    throw new ControlRefusedException(
        "the hold on " + scope + " was lifted by somebody else; nothing was changed, try again");
  }

  private static ControlChange change(
      Turn turn, Scope scope, ControlState state, TopicOffsets ends) {
    return turn == Turn.DISABLE
        ? ControlChange.startDiscarding(scope, state.nextDiscardNumber(scope), ends)
        : ControlChange.stopDiscarding(state.openIntervalAt(scope).orElseThrow(), ends);
  }

  /** Removes our hold, if it is there still; returns what to tell if that failed. */
  private Optional<String> lift(Scope scope, String holdId) {
    try {
      ports
          .updater()
          .update(
              operator.who(),
              "lifting an unfinished hold",
              state ->
                  state.holdAt(scope).filter(hold -> hold.id().equals(holdId)).isPresent()
                      ? List.of(ControlChange.liftHold(scope))
                      : List.of());
      return Optional.empty();
    } catch (ControlException e) {
      return Optional.of(
          "the hold on "
              + scope
              + " could not be lifted and keeps it from being applied: run the command again a"
              + " minute from now");
    }
  }

  private static long between(TopicOffsets from, TopicOffsets to) {
    long records = 0;
    for (Map.Entry<Integer, Long> end : to.offsets().entrySet()) {
      long start = from.topicId().equals(to.topicId()) ? from.endOf(end.getKey()) : 0;
      records += Math.max(0, end.getValue() - start);
    }
    return records;
  }
}
