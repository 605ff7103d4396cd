package io.hrp.ops.command;

import io.hrp.control.ControlState;
import io.hrp.control.DiscardInterval;
import io.hrp.control.Pause;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.report.TextTable;
import io.hrp.ops.steer.Inventory;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.ops.steer.SteeringSession;
import io.hrp.wire.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hrp table list}. */
@Command(
    name = "list",
    description = "List tables and, per peer, what operators paused or disabled.")
public final class TableListCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final OutputOption output = new OutputOption();

  private final CommandContext context;

  public TableListCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  /** A table on a peer as JSON; {@code state} is what operators decided. */
  record Row(String table, String peer, String state, List<String> disabledFamilies, String by) {}

  @Override
  public Integer call() {
    List<Row> rows = new ArrayList<>();
    try (SteeringSession session = context.steering().connect(config.file(context.options()))) {
      SteeringPorts ports = session.ports();
      ControlState control = ports.control().get();
      Inventory inventory = Inventory.of(ports, control);
      for (TableId table : inventory.tables()) {
        for (String peer : inventory.peers()) {
          rows.add(row(control, peer, table));
        }
      }
    }
    context.console().result(output.format(), rows, () -> table(rows));
    return ExitCode.DONE.status();
  }

  static Row row(ControlState control, String peer, TableId table) {
    List<DiscardInterval> open =
        control.discardsOf(peer, table).intervals().stream()
            .filter(DiscardInterval::isOpen)
            .toList();
    List<String> families =
        open.stream()
            .flatMap(interval -> interval.scope().family().stream())
            .distinct()
            .sorted()
            .toList();
    Optional<DiscardInterval> whole =
        open.stream().filter(interval -> interval.scope().family().isEmpty()).findFirst();
    Optional<Pause> pause = control.pauseOf(peer, table);
    if (pause.isPresent()) {
      String by = pause.get().scope() + " " + pause.get().note();
      String state = whole.isPresent() ? "paused, disabled" : "paused";
      return new Row(table.toString(), peer, state, families, by);
    }
    if (whole.isPresent()) {
      String by = whole.get().scope() + " " + whole.get().started();
      return new Row(table.toString(), peer, "disabled", families, by);
    }
    return new Row(table.toString(), peer, "enabled", families, "");
  }

  private static TextTable table(List<Row> rows) {
    TextTable table = TextTable.of("TABLE", "PEER", "STATE", "DISABLED FAMILIES", "BY");
    for (Row row : rows) {
      table.row(
          row.table(),
          row.peer(),
          row.state(),
          Cells.orDash(String.join(",", row.disabledFamilies())),
          Cells.orDash(row.by()));
    }
    return table;
  }
}
