package io.hrp.ops.command;

import io.hrp.control.ControlState;
import io.hrp.control.SeenStatus;
import io.hrp.ops.check.Findings;
import io.hrp.ops.check.LagLimits;
import io.hrp.ops.check.StatusCheck;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.report.Console;
import io.hrp.ops.report.OutputFormat;
import io.hrp.ops.report.TextTable;
import io.hrp.ops.steer.Inventory;
import io.hrp.ops.steer.Overview;
import io.hrp.ops.steer.PeerBacklog;
import io.hrp.ops.steer.StatusView;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.ops.steer.SteeringSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hrp status}. */
@Command(
    name = "status",
    description = "Show, per peer and table, state, lag and delay, and which daemons run.",
    footer = {
      "",
      "A problem is what somebody has to mend: no live daemon, one that fell silent, partitions in",
      "no daemon's hands, a table that is parked or has waited for more than a minute, likewise a",
      "peer, a disable that was cut off, dead letters, and a limit exceeded. A pause, a disable or",
      "a closed topic is none; a paused table's lag counts against the limits."
    })
public final class StatusCommand implements Callable<Integer> {
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final OutputOption output = new OutputOption();

  @Option(
      names = "--watch",
      description = "Show it again every 2 seconds, until interrupted (default: false).")
  private boolean watch;

  @Option(
      names = "--check",
      description = "End with 5 if there is a problem, for scripts (default: false, end with 0).")
  private boolean check;

  @Option(
      names = "--max-lag-records",
      paramLabel = "<records>",
      description = "With --check: more records than these are a problem (default: no limit).")
  private @Nullable Long maxLagRecords;

  @Option(
      names = "--max-delay-seconds",
      paramLabel = "<seconds>",
      description = "With --check: an older record than this is a problem (default: no limit).")
  private @Nullable Long maxDelaySeconds;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  private final CommandContext context;

  public StatusCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() throws InterruptedException {
    LagLimits limits = limits();
    try (SteeringSession session = context.steering().connect(config.file(context.options()))) {
      SteeringPorts ports = session.ports();
      Shown shown = look(ports, limits);
      show(shown);
      while (watch) {
        ports.timing().waiting().pass(BETWEEN);
        shown = look(ports, limits);
        if (output.format() == OutputFormat.TABLE) {
          context.console().result("");
        }
        show(shown);
      }
      boolean isFault = check && !shown.problems().isEmpty();
      return (isFault ? ExitCode.PROBLEM_FOUND : ExitCode.DONE).status();
    }
  }

  private LagLimits limits() {
    if (check && watch) {
      throw new ParameterException(
          spec.commandLine(), "--check looks once and ends: leave out --watch");
    }
    if (!check && (maxLagRecords != null || maxDelaySeconds != null)) {
      throw new ParameterException(
          spec.commandLine(), "--max-lag-records and --max-delay-seconds need --check");
    }
    requireNotNegative("--max-lag-records", maxLagRecords);
    requireNotNegative("--max-delay-seconds", maxDelaySeconds);
    return new LagLimits(
        maxLagRecords == null ? OptionalLong.empty() : OptionalLong.of(maxLagRecords),
        Optional.ofNullable(maxDelaySeconds).map(Duration::ofSeconds));
  }

  private void requireNotNegative(String option, @Nullable Long limit) {
    if (limit != null && limit < 0) {
      throw new ParameterException(
          spec.commandLine(), option + " must be at least 0, not " + limit);
    }
  }

  /** What is shown, and what {@code --output json} prints. */
  private record Shown(
      List<StatusView.TableRow> tables,
      List<StatusView.DaemonRow> daemons,
      List<String> problems,
      List<String> warnings) {}

  private static Shown look(SteeringPorts ports, LagLimits limits) {
    ControlState control = ports.control().get();
    Inventory inventory = Inventory.of(ports, control);
    List<SeenStatus> daemons = ports.status().latest();
    Instant now = ports.timing().clock().instant();
    StatusView view =
        new Overview(control, daemons, now)
            .view(inventory.peers(), inventory.tables(), new PeerBacklog(ports.topics()));
    Findings findings =
        StatusCheck.of(
            control,
            daemons,
            now,
            new StatusCheck.Seen(view.tables(), inventory.deadLetters()),
            limits);
    return new Shown(view.tables(), view.daemons(), findings.problems(), findings.warnings());
  }

  private void show(Shown shown) {
    Console console = context.console();
    if (output.format() == OutputFormat.JSON) {
      console.json(shown);
      return;
    }
    tables(shown.tables()).lines().forEach(console::result);
    console.result("");
    daemons(shown.daemons()).lines().forEach(console::result);
    shown.problems().forEach(problem -> console.notice("problem: " + problem));
    shown.warnings().forEach(warning -> console.notice("warning: " + warning));
  }

  private static TextTable tables(List<StatusView.TableRow> rows) {
    TextTable table =
        TextTable.of(
            "PEER", "TABLE", "STATE", "REASON", "SINCE", "LAG", "DELAY S", "APPLIED/S", "DETAIL");
    for (StatusView.TableRow row : rows) {
      table.row(
          row.peer(),
          row.table(),
          row.state(),
          Cells.orDash(row.reason()),
          Cells.orDash(row.since()),
          Cells.orDash(row.lagRecords()),
          Cells.tenths(row.delaySeconds()),
          Cells.tenths(row.appliedPerSecond()),
          Cells.orDash(row.detail()));
    }
    return table;
  }

  private static TextTable daemons(List<StatusView.DaemonRow> rows) {
    TextTable table =
        TextTable.of("DAEMON", "HOST", "PID", "LIVE", "STATE", "STARTED", "SEEN S AGO", "CONTROL");
    for (StatusView.DaemonRow row : rows) {
      table.row(
          row.daemon(),
          row.host(),
          row.pid(),
          row.live() ? "yes" : "no",
          row.state(),
          row.started(),
          Cells.tenths(row.silentSeconds()),
          Cells.orDash(row.controlOffset()));
    }
    return table;
  }
}
