package io.hrp.control;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.TableId;

/** How many partitions a table's topic has: what every writer computes a row's partition with. */
public final class DeclaredPartitions extends ControlValue {
  private final TableId table;
  private final int count;

  private DeclaredPartitions(TableId table, int count, ChangeNote note) {
    super(ControlKey.of(Scope.ofTable(table), ControlAttribute.PARTITIONS).text(), note);
    this.table = table;
    this.count = count;
  }

  /**
   * Declares a count.
   *
   * @throws IllegalArgumentException if {@code count} is below 1
   */
  public static DeclaredPartitions of(TableId table, int count, ChangeNote note) {
    requireNonNull(table, "table");
    if (count < 1) {
      throw new IllegalArgumentException(
          "table '" + table + "' needs at least one partition, got " + count);
    }
    return new DeclaredPartitions(table, count, note);
  }

  public TableId table() {
    return table;
  }

  public int count() {
    return count;
  }
}
