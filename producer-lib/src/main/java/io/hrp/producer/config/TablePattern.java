package io.hrp.producer.config;

import io.hrp.wire.TableId;
import java.util.regex.Pattern;

/**
 * Names one table or many: {@code namespace:table} or, for the default namespace, {@code table},
 * with {@code *} for any run of characters on either side of the colon. Immutable.
 */
final class TablePattern {
  private static final String SYSTEM_NAMESPACE = "hbase";

  /** HBase's letters, Unicode's among them, and the wildcard. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.*-]+");

  private final String text;
  private final String namespace;
  private final Pattern namespacePattern;
  private final Pattern namePattern;
  private final int literalLength;

  private TablePattern(String namespace, String name) {
    this.text = namespace + ":" + name;
    this.namespace = namespace;
    this.namespacePattern = glob(namespace);
    this.namePattern = glob(name);
    this.literalLength = text.replace("*", "").length();
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if no table could have such a name
   */
  static TablePattern parse(String text) {
    int colon = text.indexOf(':');
    String namespace = colon < 0 ? TableId.DEFAULT_NAMESPACE : text.substring(0, colon);
    String name = text.substring(colon + 1);
    if (!NAME.matcher(namespace).matches() || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "use namespace:table or table, of letters, digits, '_', '-', '.' and '*'");
    }
    return new TablePattern(namespace, name);
  }

  private static Pattern glob(String text) {
    StringBuilder regex = new StringBuilder();
    for (String literal : text.split("\\*", -1)) {
      regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(literal));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** Whether the table is meant. HBase's own tables are not, unless their namespace is written. */
  boolean matches(TableId table) {
    if (isOfSystem(table.namespace()) && !isOfSystem(namespace)) {
      return false;
    }
    return namespacePattern.matcher(table.namespace()).matches()
        && namePattern.matcher(table.name()).matches();
  }

  /** Whether it names a table of HBase's own. */
  boolean namesSystemTables() {
    return isOfSystem(namespace);
  }

  private static boolean isOfSystem(String namespace) {
    return namespace.equals(SYSTEM_NAMESPACE);
  }

  /** More for the pattern that says more: a name without a wildcard says most. */
  int specificity() {
    return text.indexOf('*') < 0 ? Integer.MAX_VALUE : literalLength;
  }

  /** With the namespace, whether it was written or not. */
  @Override
  public String toString() {
    return text;
  }
}
