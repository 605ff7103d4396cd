package io.hrp.ops.steer;

import io.hrp.control.Scope;
import io.hrp.wire.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Scopes from the parts that commands take, and how they nest. */
public final class Scopes {
  private Scopes() {}

  /** A table, narrowed to a peer and a family where they are given. */
  public static Scope of(TableId table, @Nullable String peer, @Nullable String family) {
    Scope scope = peer == null ? Scope.ofTable(table) : Scope.of(peer, table);
    return family == null ? scope : scope.family(family);
  }

  /** Every scope of tables that contains this one, itself left out. */
  static List<Scope> wider(Scope scope) {
    TableId table = scope.table().orElseThrow();
    Optional<String> peer = scope.peer();
    Optional<String> family = scope.family();
    List<Scope> wider = new ArrayList<>();
    wider.add(Scope.ofTable(table));
    peer.ifPresent(name -> wider.add(Scope.of(name, table)));
    family.ifPresent(name -> wider.add(Scope.ofTable(table).family(name)));
    wider.removeIf(scope::equals);
    return wider;
  }
}
