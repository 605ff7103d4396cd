package io.hrp.wire;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names one HBase table: a namespace and a name within it. Holds no HBase type, so that the pure
 * packages can use it.
 *
 * <p>Immutable and safe for use by any thread. Ordered by namespace, then by name.
 */
public final class TableId implements Comparable<TableId> {
  /** The namespace of tables that name none. */
  public static final String DEFAULT_NAMESPACE = "default";

  private final String namespace;
  private final String name;
  private final String qualifiedName;
  private final byte[] qualifiedNameUtf8;

  private TableId(String namespace, String name) {
    this.namespace = requireNonNull(namespace, "namespace");
    this.name = requireNonNull(name, "name");
    if (namespace.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException(
          "a table needs a namespace and a name, got '" + namespace + ":" + name + "'");
    }
    if (namespace.indexOf(':') >= 0 || name.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "a table is named 'namespace:table' with one colon, got '"
              + namespace
              + ":"
              + name
              + "'");
    }
    this.qualifiedName = namespace + ":" + name;
    this.qualifiedNameUtf8 = qualifiedName.getBytes(StandardCharsets.UTF_8);
  }

  public static TableId of(String namespace, String name) {
    return new TableId(namespace, name);
  }

  /**
   * Reads {@code namespace:table}, or {@code table} for one of the default namespace.
   *
   * @throws IllegalArgumentException if a part is empty or there is more than one colon
   */
  public static TableId parse(String qualifiedName) {
    int colon = requireNonNull(qualifiedName, "qualifiedName").indexOf(':');
    return colon < 0
        ? new TableId(DEFAULT_NAMESPACE, qualifiedName)
        : new TableId(qualifiedName.substring(0, colon), qualifiedName.substring(colon + 1));
  }

  public String namespace() {
    return namespace;
  }

  public String name() {
    return name;
  }

  /** {@code namespace:table}, the default namespace written out: the form the wire carries. */
  public String qualifiedName() {
    return qualifiedName;
  }

  /** The qualified name as the wire carries it; not to be written to. */
  byte[] qualifiedNameUtf8() {
    return qualifiedNameUtf8;
  }

  @Override
  public int compareTo(TableId other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TableId
        && namespace.equals(((TableId) other).namespace)
        && name.equals(((TableId) other).name);
  }

  @Override
  public int hashCode() {
    return 31 * namespace.hashCode() + name.hashCode();
  }

  /** As an operator writes it: the default namespace left out. */
  @Override
  public String toString() {
    return namespace.equals(DEFAULT_NAMESPACE) ? name : qualifiedName();
  }
}
