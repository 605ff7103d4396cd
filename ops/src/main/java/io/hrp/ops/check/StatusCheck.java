package io.hrp.ops.check;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ClosedTopic;
import io.hrp.control.Condition;
import io.hrp.control.ControlState;
import io.hrp.control.Hold;
import io.hrp.control.NotUnderstood;
import io.hrp.control.PeerStatus;
import io.hrp.control.RunState;
import io.hrp.control.SeenStatus;
import io.hrp.ops.steer.StatusView.TableRow;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sorts out what of a status needs a person. A problem is what does not pass by itself: nobody
 * applies, a table is parked, dead letters lie there, a limit is exceeded. What waits for something
 * becomes one when it has waited for a minute, which a region that moves or a server that starts
 * again does not take. What an operator has decided, a pause for instance, is none.
 */
public final class StatusCheck {
  /** As long as a server takes to start again; also what a disable takes at most to let go. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ControlState control;
  private final List<SeenStatus> daemons;
  private final List<SeenStatus> live;
  private final Instant now;
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private StatusCheck(ControlState control, List<SeenStatus> daemons, Instant now) {
    this.control = requireNonNull(control, "control");
    this.daemons = List.copyOf(daemons);
    this.live = this.daemons.stream().filter(seen -> seen.isLive(now)).toList();
    this.now = requireNonNull(now, "now");
  }

  /**
   * What was seen at one moment.
   *
   * @param rows every table on every peer
   * @param deadLetters records of the dead-letter topics, by table
   */
  public record Seen(List<TableRow> rows, Map<TableId, Long> deadLetters) {
    public Seen {
      rows = List.copyOf(rows);
      deadLetters = Map.copyOf(deadLetters);
    }
  }

  /** Looks at everything once. */
  public static Findings of(
      ControlState control, List<SeenStatus> daemons, Instant now, Seen seen, LagLimits limits) {
    StatusCheck check = new StatusCheck(control, daemons, now);
    check.checkDaemons();
    check.live.forEach(check::checkPeers);
    for (TableRow row : seen.rows()) {
      check.checkTable(row);
      check.checkLimits(row, limits);
    }
    seen.deadLetters().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> check.checkDeadLetters(entry.getKey(), entry.getValue()));
    check.checkControl();
    return new Findings(check.problems, check.warnings);
  }

  private void checkDaemons() {
    if (live.isEmpty()) {
      problems.add("no daemon is live: nothing is applied on any peer");
    }
    for (SeenStatus seen : daemons) {
      if (!seen.isLive(now) && seen.status().state() != RunState.STOPPED) {
        problems.add(
            "daemon %s has been silent for %d s"
                .formatted(
                    seen.status().identity(),
                    Math.max(0, Duration.between(seen.brokerTime(), now).toSeconds())));
      }
    }
  }

  private void checkPeers(SeenStatus seen) {
    for (PeerStatus peer : seen.status().peers()) {
      Condition condition = peer.condition();
      if (condition.state() != RunState.WAITING && condition.state() != RunState.PARKED) {
        continue;
      }
      boolean passes = condition.state() == RunState.WAITING && isRecent(condition.since());
      (passes ? warnings : problems)
          .add(
              "peer '%s' on daemon %s is %s: %s"
                  .formatted(
                      peer.peer(),
                      seen.status().identity(),
                      condition.state().name().toLowerCase(Locale.ROOT),
                      because(condition.reason(), condition.detail())));
    }
  }

  private void checkTable(TableRow row) {
    String where = "table '%s' on peer '%s'".formatted(row.table(), row.peer());
    boolean waitsTooLong = row.state().equals("waiting") && !isRecent(instant(row.since()));
    if (row.state().equals("parked") || row.state().equals("unknown") || waitsTooLong) {
      problems.add(
          "%s is %s%s: %s"
              .formatted(
                  where,
                  row.state(),
                  row.since() == null ? "" : " since " + row.since(),
                  because(row.reason(), row.detail())));
    }
    Integer partitions = row.partitions();
    if (live.isEmpty()) {
      return;
    }
    if (partitions != null && row.assigned() < partitions) {
      problems.add(
          "%d of %d partitions of table '%s' are in no live daemon's hands on peer '%s'"
              .formatted(partitions - row.assigned(), partitions, row.table(), row.peer()));
    } else if (partitions == null && row.state().equals("no-daemon")) {
      problems.add("no live daemon works on " + where);
    }
  }

  private void checkLimits(TableRow row, LagLimits limits) {
    String where = "table '%s' on peer '%s'".formatted(row.table(), row.peer());
    if (limits.maxRecords().isPresent()) {
      long most = limits.maxRecords().getAsLong();
      Long lag = row.lagRecords();
      if (lag == null) {
        problems.add("the lag of %s is not known; the limit is %d".formatted(where, most));
      } else if (lag > most) {
        problems.add("the lag of %s is %d records, above %d".formatted(where, lag, most));
      }
    }
    Double delay = row.delaySeconds();
    if (limits.maxDelay().isPresent() && delay != null) {
      double most = limits.maxDelay().get().toMillis() / 1000.0;
      if (delay > most) {
        problems.add(
            String.format(
                Locale.ROOT, "the delay of %s is %.1f s, above %.1f s", where, delay, most));
      }
    }
  }

  private void checkDeadLetters(TableId table, long records) {
    if (records > 0) {
      problems.add("%d dead letters of table '%s' lie in its topic".formatted(records, table));
    }
  }

  private void checkControl() {
    for (ClosedTopic closed : control.closedTopics()) {
      warnings.add(
          "the topic of table '%s' is closed to producers (%s) %s"
              .formatted(
                  closed.table(), closed.policy().name().toLowerCase(Locale.ROOT), closed.note()));
    }
    for (Hold hold : control.holds()) {
      if (!isRecent(Optional.of(hold.note().when()))) {
        problems.add(
            hold.scope()
                + " is held "
                + hold.note()
                + ", by a command that did not come to its end ("
                + hold.purpose()
                + "): run it again, or 'hrp table enable' to lift the hold");
      }
    }
    for (NotUnderstood record : control.notUnderstood()) {
      if (record.weight() == NotUnderstood.Weight.IGNORABLE) {
        warnings.add("control record '" + record.keyText() + "' is of a newer program; ignored");
      }
    }
  }

  /** Since when something has been so is not always known; then nobody can say that it passes. */
  private boolean isRecent(Optional<Instant> since) {
    return since.isPresent() && !since.get().isBefore(now.minus(PATIENCE));
  }

  private static Optional<Instant> instant(@Nullable String text) {
    return Optional.ofNullable(text).map(Instant::parse);
  }

  private static String because(String reason, String detail) {
    return detail.isEmpty() ? reason : reason + ", " + detail;
  }
}
