package io.hrp.ops.steer;

import static java.util.Objects.requireNonNull;

import io.hrp.control.Condition;
import io.hrp.control.ControlState;
import io.hrp.control.DiscardInterval;
import io.hrp.control.Pause;
import io.hrp.control.PeerStatus;
import io.hrp.control.RunState;
import io.hrp.control.SeenStatus;
import io.hrp.control.TableStatus;
import io.hrp.ops.steer.StatusView.DaemonRow;
import io.hrp.ops.steer.StatusView.TableRow;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts what daemons report and what control says together into one picture. Pure: the same input
 * gives the same picture.
 */
public final class Overview {
  /** From what needs a person most to what needs nobody. */
  private static final List<RunState> WORST_FIRST =
      List.of(
          RunState.PARKED,
          RunState.UNKNOWN,
          RunState.PAUSED,
          RunState.WAITING,
          RunState.STARTING,
          RunState.STOPPING,
          RunState.RUNNING,
          RunState.STOPPED);

  private final ControlState control;
  private final List<SeenStatus> daemons;
  private final List<SeenStatus> live;
  private final Instant now;

  /**
   * Takes a snapshot.
   *
   * @param now what ages and delays are counted to
   */
  public Overview(ControlState control, List<SeenStatus> daemons, Instant now) {
    this.control = requireNonNull(control, "control");
    this.daemons = List.copyOf(daemons);
    this.live = this.daemons.stream().filter(seen -> seen.isLive(now)).toList();
    this.now = requireNonNull(now, "now");
  }

  /**
   * The picture for these peers and tables; what a daemon reports besides is shown too.
   *
   * @param backlog records a peer has not committed, for what no live daemon reports; -1 if not
   *     known
   */
  public StatusView view(
      SortedSet<String> peers, SortedSet<TableId> tables, ToLongFunction<PeerTableName> backlog) {
    SortedSet<String> allPeers = new TreeSet<>(peers);
    SortedSet<TableId> allTables = new TreeSet<>(tables);
    for (SeenStatus seen : live) {
      for (PeerStatus peer : seen.status().peers()) {
        allPeers.add(peer.peer());
        peer.tables().forEach(table -> allTables.add(table.table()));
      }
    }
    List<TableRow> rows = new ArrayList<>();
    for (String peer : allPeers) {
      for (TableId table : allTables) {
        rows.add(row(peer, table, backlog));
      }
    }
    return new StatusView(rows, daemonRows());
  }

  /** One table on one peer. */
  public record PeerTableName(String peer, TableId table) {}

  private TableRow row(String peer, TableId table, ToLongFunction<PeerTableName> backlog) {
    List<TableStatus> reports =
        live.stream()
            .flatMap(seen -> seen.status().peer(peer).stream())
            .flatMap(status -> status.table(table).stream())
            .toList();
    Shown shown = shown(peer, table, reports);
    long lag = lag(reports);
    if (reports.isEmpty()) {
      lag = backlog.applyAsLong(new PeerTableName(peer, table));
    }
    OptionalInt partitions = control.declaredPartitions(table);
    SortedSet<Integer> assigned = new TreeSet<>();
    reports.forEach(report -> assigned.addAll(report.assigned()));
    return new TableRow(
        peer,
        table.toString(),
        shown.state(),
        shown.reason(),
        shown.detail(),
        shown.since().map(Instant::toString).orElse(null),
        lag < 0 ? null : lag,
        delay(reports),
        reports.stream().mapToDouble(TableStatus::appliedPerSecond).sum(),
        sum(reports, report -> report.totals().applied()),
        sum(reports, report -> report.totals().filtered()),
        sum(reports, report -> report.totals().discarded()),
        sum(reports, report -> report.totals().deadLettered()),
        assigned.size(),
        partitions.isPresent() ? partitions.getAsInt() : null);
  }

  /** What the columns about the state show. */
  private record Shown(String state, String reason, String detail, Optional<Instant> since) {}

  private Shown shown(String peer, TableId table, List<TableStatus> reports) {
    Optional<Condition> worst =
        reports.stream()
            .map(TableStatus::condition)
            .min((a, b) -> Integer.compare(rank(a.state()), rank(b.state())));
    if (worst.isEmpty()) {
      return notReported(peer, table);
    }
    Condition condition = worst.get();
    Optional<DiscardInterval> disabled = disabledTable(peer, table);
    if (condition.state() == RunState.RUNNING && disabled.isPresent()) {
      return disabled(disabled.get());
    }
    String detail = condition.detail();
    if (condition.state() == RunState.RUNNING) {
      detail = disabledFamilies(peer, table);
    }
    return new Shown(word(condition.state()), condition.reason(), detail, condition.since());
  }

  private Shown notReported(String peer, TableId table) {
    Optional<Pause> pause = control.pauseOf(peer, table);
    if (pause.isPresent()) {
      return new Shown(
          "paused",
          "operator",
          pause.get().scope() + " paused " + pause.get().note(),
          Optional.of(pause.get().note().when()));
    }
    Optional<DiscardInterval> disabled = disabledTable(peer, table);
    return disabled.isPresent()
        ? disabled(disabled.get())
        : new Shown("no-daemon", "", "no live daemon works on it", Optional.empty());
  }

  private static Shown disabled(DiscardInterval interval) {
    return new Shown(
        "disabled",
        "operator",
        interval.scope() + " disabled " + interval.started(),
        Optional.of(interval.started().when()));
  }

  private List<DiscardInterval> open(String peer, TableId table) {
    return control.discardsOf(peer, table).intervals().stream()
        .filter(DiscardInterval::isOpen)
        .toList();
  }

  private Optional<DiscardInterval> disabledTable(String peer, TableId table) {
    return open(peer, table).stream()
        .filter(interval -> interval.scope().family().isEmpty())
        .findFirst();
  }

  private String disabledFamilies(String peer, TableId table) {
    List<String> families =
        open(peer, table).stream()
            .flatMap(interval -> interval.scope().family().stream())
            .distinct()
            .sorted()
            .toList();
    return families.isEmpty() ? "" : "disabled families: " + String.join(", ", families);
  }

  private static int rank(RunState state) {
    return WORST_FIRST.indexOf(state);
  }

  private static String word(RunState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static long lag(List<TableStatus> reports) {
    return reports.stream().anyMatch(report -> report.lagRecords() < 0)
        ? -1
        : sum(reports, TableStatus::lagRecords);
  }

  private static long sum(List<TableStatus> reports, ToLongFunction<TableStatus> part) {
    return reports.stream().mapToLong(part).sum();
  }

  private @Nullable Double delay(List<TableStatus> reports) {
    Optional<Instant> oldest =
        reports.stream()
            .flatMap(report -> report.oldestUnapplied().stream())
            .min(Instant::compareTo);
    return oldest.map(time -> seconds(time, now)).orElse(null);
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis()) / 1000.0;
  }

  private List<DaemonRow> daemonRows() {
    List<DaemonRow> rows = new ArrayList<>();
    for (SeenStatus seen : daemons) {
      long offset = seen.status().controlOffset();
      rows.add(
          new DaemonRow(
              seen.status().daemonId(),
              seen.status().identity().host(),
              seen.status().identity().pid(),
              seen.isLive(now),
              word(seen.status().state()),
              seen.status().identity().started().toString(),
              seconds(seen.brokerTime(), now),
              offset < 0 ? null : offset,
              seen.status().identity().version()));
    }
    return rows;
  }
}
