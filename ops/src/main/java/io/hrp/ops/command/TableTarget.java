package io.hrp.ops.command;

import io.hrp.control.Scope;
import io.hrp.ops.steer.Inventory;
import io.hrp.ops.steer.Scopes;
import io.hrp.ops.steer.SteeringPorts;
import io.hrp.wire.TableId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The table that a command changes, on one peer or on all. */
public final class TableTarget {

  @Parameters(paramLabel = "<table>", description = "The table, as table or namespace:table.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String table;

  @Option(
      names = "--peer",
      paramLabel = "<peer>",
      description = "On this peer alone (default: on all peers).")
  private @Nullable String peer;

  /**
   * What was named.
   *
   * @param family one family of the table, or null for the whole
   * @throws io.hrp.ops.exit.CommandException a usage error, if there is no such table or peer
   */
  Scope scope(SteeringPorts ports, @Nullable String family) {
    Inventory inventory = Inventory.of(ports, ports.control().get());
    TableId known = inventory.requireTable(table);
    return Scopes.of(known, peer == null ? null : inventory.requirePeer(peer), family);
  }
}
