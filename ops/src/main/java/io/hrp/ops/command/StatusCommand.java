package io.hrp.ops.command;

import io.hrp.control.ControlState;
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
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hrp status}. */
@Command(
    name = "status",
    description = "Show, per peer and table, state, lag and delay, and which daemons run.")
public final class StatusCommand implements Callable<Integer> {
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final OutputOption output = new OutputOption();

  @Option(
      names = "--watch",
      description = "Show it again every 2 seconds, until interrupted (default: false).")
  private boolean watch;

  private final CommandContext context;

  public StatusCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() throws InterruptedException {
    try (SteeringSession session = context.steering().connect(config.file(context.options()))) {
      SteeringPorts ports = session.ports();
      show(view(ports));
      while (watch) {
        ports.timing().waiting().pass(BETWEEN);
        StatusView view = view(ports);
        if (output.format() == OutputFormat.TABLE) {
          context.console().result("");
        }
        show(view);
      }
    }
    return ExitCode.DONE.status();
  }

  private static StatusView view(SteeringPorts ports) {
    ControlState control = ports.control().get();
    Inventory inventory = Inventory.of(ports, control);
    return new Overview(control, ports.status().latest(), ports.timing().clock().instant())
        .view(inventory.peers(), inventory.tables(), new PeerBacklog(ports.topics()));
  }

  private void show(StatusView view) {
    Console console = context.console();
    if (output.format() == OutputFormat.JSON) {
      console.json(view);
      return;
    }
    tables(view).lines().forEach(console::result);
    console.result("");
    daemons(view).lines().forEach(console::result);
    view.warnings().forEach(warning -> console.notice("warning: " + warning));
  }

  private static TextTable tables(StatusView view) {
    TextTable table =
        TextTable.of(
            "PEER", "TABLE", "STATE", "REASON", "SINCE", "LAG", "DELAY S", "APPLIED/S", "DETAIL");
    for (StatusView.TableRow row : view.tables()) {
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

  private static TextTable daemons(StatusView view) {
    TextTable table =
        TextTable.of("DAEMON", "HOST", "PID", "LIVE", "STATE", "STARTED", "SEEN S AGO", "CONTROL");
    for (StatusView.DaemonRow row : view.daemons()) {
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
