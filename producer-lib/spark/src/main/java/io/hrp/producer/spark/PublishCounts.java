package io.hrp.producer.spark;

import java.util.Map;

/**
 * What a job published: the values of its Spark accumulators, hence of its successful tasks, each
 * counted once. Immutable.
 */
public final class PublishCounts {
  private final Map<String, Long> byTable;
  private final long cells;

  PublishCounts(Map<String, Long> byTable, long cells) {
    this.byTable = Map.copyOf(byTable);
    this.cells = cells;
  }

  /** Acknowledged mutations. */
  public long mutations() {
    return byTable.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Their cells. A delete of a whole row has none. */
  public long cells() {
    return cells;
  }

  /** Acknowledged mutations by table; tables without any are left out. */
  public Map<String, Long> byTable() {
    return byTable;
  }

  @Override
  public String toString() {
    return "PublishCounts[mutations="
        + mutations()
        + " cells="
        + cells
        + " byTable="
        + byTable
        + "]";
  }
}
