package io.hrp.ops.command;

import io.hrp.ops.exit.ExitCode;
import io.hrp.ops.report.OutputFormat;
import io.hrp.ops.report.TextTable;
import io.hrp.ops.sandbox.SandboxState;
import io.hrp.ops.sandbox.Supervisor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How the sandbox is shown. */
final class SandboxReport {

  /**
   * The sandbox as JSON.
   *
   * @param running whether a process owns it
   * @param directory where it lies
   * @param config the {@code hrp.yaml} that points at its servers
   * @param servers what runs
   */
  record Shown(boolean running, String directory, String config, List<ShownServer> servers) {}

  /** One server as JSON; {@code state} is {@code up} or {@code dead}. */
  record ShownServer(String name, String state, long pid, String address, String log) {}

  private SandboxReport() {}

  /** Where the sandbox of this command line lies. */
  static Path directory(CommandContext context) {
    return context.options().directory().resolve("sandbox");
  }

  static Shown of(Path directory, Optional<SandboxState> state) {
    List<ShownServer> servers =
        state.map(SandboxState::servers).orElse(List.of()).stream()
            .map(
                server ->
                    new ShownServer(
                        server.name(),
                        server.isAlive() ? "up" : "dead",
                        server.pid(),
                        server.address(),
                        server.logFile()))
            .toList();
    return new Shown(
        state.isPresent(), directory.toString(), directory.resolve("hrp.yaml").toString(), servers);
  }

  /** Says in one line which servers have died and what to do, if any have; the exit code. */
  static ExitCode tellOfDeadServers(CommandContext context, Supervisor supervisor, Shown shown) {
    List<String> dead =
        shown.servers().stream()
            .filter(server -> server.state().equals("dead"))
            .map(ShownServer::name)
            .toList();
    if (dead.isEmpty()) {
      return ExitCode.DONE;
    }
    context
        .console()
        .notice(
            "hrp: %s died%s; 'hrp sandbox down' and 'hrp sandbox up' start anew with the same data"
                .formatted(
                    String.join(", ", dead),
                    supervisor.isDiskFull()
                        ? ", the disk under \"" + shown.directory() + "\" is full: make room"
                        : ""));
    return ExitCode.PROBLEM_FOUND;
  }

  static void print(CommandContext context, OutputFormat format, Shown shown) {
    context
        .console()
        .result(
            format,
            shown,
            () -> {
              TextTable table = TextTable.of("SERVER", "STATE", "PID", "ADDRESS", "LOG");
              for (ShownServer server : shown.servers()) {
                table.row(
                    server.name(), server.state(), server.pid(), server.address(), server.log());
              }
              return table;
            });
  }
}
