package io.hrp.bench.drain;

import io.hrp.wire.TableId;
import org.apache.hadoop.hbase.TableName;

/** Names of the tables of a run: one per side and round, so that each begins empty. */
final class DrainTables {

  private DrainTables() {}

  /** The table of that round whose topic holds the backlog. */
  static TableId published(int round) {
    return TableId.of("default", "drain-" + round);
  }

  /** The table that a side writes to in that round. */
  static TableName of(String side, int round) {
    return TableName.valueOf("default", "drain-" + side + "-" + round);
  }

  static TableName nameOf(TableId table) {
    return TableName.valueOf(table.namespace(), table.name());
  }
}
