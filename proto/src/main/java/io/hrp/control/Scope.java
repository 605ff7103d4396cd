package io.hrp.control;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.TableId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a control record speaks of: a peer, a table on all peers, a table on one peer, or one column
 * family of either. A family is named by text; its UTF-8 bytes are the family's bytes.
 *
 * <p>Immutable. Its text form, such as {@code peer/east/table/default:orders/family/cf}, is the
 * first part of a control key. None of the parts can hold a slash: HBase forbids it in tables and
 * families, {@link PeerName} in peers.
 */
public final class Scope {
  private static final Scope EVERYTHING = new Scope(null, null, null);

  private final @Nullable String peer;
  private final @Nullable TableId table;
  private final @Nullable String family;

  private Scope(@Nullable String peer, @Nullable TableId table, @Nullable String family) {
    this.peer = peer;
    this.table = table;
    this.family = family;
  }

  /**
   * Every table on every peer. No key is written with it; it is what a record is taken to speak of
   * when its own scope cannot be read.
   */
  public static Scope everything() {
    return EVERYTHING;
  }

  /** All tables of one peer. */
  public static Scope ofPeer(String peer) {
    return new Scope(PeerName.require(peer), null, null);
  }

  /** One table on all peers. */
  public static Scope ofTable(TableId table) {
    return new Scope(null, requireNonNull(table, "table"), null);
  }

  /** One table on one peer. */
  public static Scope of(String peer, TableId table) {
    return new Scope(PeerName.require(peer), requireNonNull(table, "table"), null);
  }

  /**
   * The same scope narrowed to one family.
   *
   * @throws IllegalStateException if this scope names no table
   * @throws IllegalArgumentException if the name is empty or holds a slash
   */
  public Scope family(String name) {
    if (table == null) {
      throw new IllegalStateException("a family needs a table");
    }
    if (requireNonNull(name, "name").isEmpty() || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException("no column family can be called '" + name + "'");
    }
    return new Scope(peer, table, name);
  }

  public Optional<String> peer() {
    return Optional.ofNullable(peer);
  }

  public Optional<TableId> table() {
    return Optional.ofNullable(table);
  }

  public Optional<String> family() {
    return Optional.ofNullable(family);
  }

  /**
   * Whether this scope holds (some of) the table's records on the peer; the family plays no part.
   */
  public boolean touches(String onPeer, TableId ofTable) {
    return (peer == null || peer.equals(onPeer)) && (table == null || table.equals(ofTable));
  }

  /** The form that stands in control keys; the inverse of {@link ControlKey#scopeOf}. */
  String text() {
    StringBuilder text = new StringBuilder();
    if (peer != null) {
      text.append("peer/").append(peer);
    }
    if (table != null) {
      text.append(text.length() == 0 ? "table/" : "/table/").append(table.qualifiedName());
    }
    if (family != null) {
      text.append("/family/").append(family);
    }
    return text.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Scope
        && Objects.equals(peer, ((Scope) other).peer)
        && Objects.equals(table, ((Scope) other).table)
        && Objects.equals(family, ((Scope) other).family);
  }

  @Override
  public int hashCode() {
    return Objects.hash(peer, table, family);
  }

  /** For people: {@code table 'orders', family 'cf' on peer 'east'}. */
  @Override
  public String toString() {
    if (table == null) {
      return peer == null ? "everything" : "peer '" + peer + "'";
    }
    return "table '"
        + table
        + "'"
        + (family == null ? "" : ", family '" + family + "'")
        + (peer == null ? " on all peers" : " on peer '" + peer + "'");
  }
}
