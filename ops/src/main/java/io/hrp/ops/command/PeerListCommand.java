package io.hrp.ops.command;

import io.hrp.control.ControlState;
import io.hrp.control.Pause;
import io.hrp.control.PeerSelection;
import io.hrp.control.Scope;
import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.report.TextTable;
import io.hrp.ops.steer.Inventory;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.ops.steer.SteeringSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hrp peer list}. */
@Command(name = "list", description = "List the peers, those configured and those ever seen.")
public final class PeerListCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final OutputOption output = new OutputOption();

  private final CommandContext context;

  public PeerListCommand(CommandContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  /** A peer as JSON; {@code firstSeen} is absent until a daemon has taken it up. */
  record Row(
      String peer,
      boolean configured,
      boolean paused,
      @Nullable String firstSeen,
      @Nullable Long generation,
      String by) {}

  @Override
  public Integer call() {
    List<Row> rows = new ArrayList<>();
    try (SteeringSession session = context.steering().connect(config.file(context.options()))) {
      SteeringPorts ports = session.ports();
      ControlState control = ports.control().get();
      for (String peer : Inventory.of(ports, control).peers()) {
        rows.add(row(control, peer, ports.configuredPeers().contains(peer)));
      }
    }
    context.console().result(output.format(), rows, () -> table(rows));
    return ExitCode.DONE.status();
  }

  private static Row row(ControlState control, String peer, boolean configured) {
    Optional<Pause> pause = control.pauseAt(Scope.ofPeer(peer));
    return new Row(
        peer,
        configured,
        pause.isPresent(),
        control.peerRegistration(peer).map(seen -> seen.note().when().toString()).orElse(null),
        control.selectionOf(peer).map(PeerSelection::generation).orElse(null),
        pause.map(by -> by.note().toString()).orElse(""));
  }

  private static TextTable table(List<Row> rows) {
    TextTable table = TextTable.of("PEER", "CONFIGURED", "STATE", "FIRST SEEN", "GENERATION", "BY");
    for (Row row : rows) {
      table.row(
          row.peer(),
          row.configured() ? "yes" : "no",
          row.paused() ? "paused" : "enabled",
          Cells.orDash(row.firstSeen()),
          Cells.orDash(row.generation()),
          Cells.orDash(row.by()));
    }
    return table;
  }
}
