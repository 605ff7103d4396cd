package io.hrp.wire;

/** A mutation that cannot be published so that every cluster would hold the same cells. */
public final class MutationRefusedException extends WireException {
  /** What is wrong with the mutation, and in {@link #advice()} what to do about it. */
  public enum Reason {
    NO_CELLS("a put and a row mutation need at least one cell; add one"),
    ROW_EMPTY("the row key is empty; give it at least one byte"),
    ROW_TOO_LONG("the row key is longer than 32767 bytes; shorten it"),
    UNSUPPORTED_MUTATION(
        "only Put, Delete and RowMutations of them can be replayed; publish their result instead"),
    LATEST_VERSION_DELETE(
        "a delete of the latest version without a timestamp means other cells on every cluster;"
            + " give the timestamp, or delete all versions"),
    TIMESTAMP_NEGATIVE("a timestamp is negative; use 0 or more"),
    MIXED_ROWS("a cell or a part is of another row; build one mutation per row"),
    FAMILY_EMPTY("a cell has no column family; name one"),
    FAMILY_MISMATCH("a cell stands under another column family than its own; use add(cell)"),
    CELL_TYPE_UNFIT(
        "a put may hold only put cells and a delete only delete cells; build one of each"),
    TTL_INVALID("the time to live is not a number of at least 1 ms, or stands on a delete"),
    CLUSTER_IDS_INVALID("the cluster ids attribute cannot be read, or differs between parts"),
    TOO_LARGE("the message would pass 2147483647 bytes; split the mutation");

    private final String advice;

    Reason(String advice) {
      this.advice = advice;
    }

    /** What is wrong and what to do, in one sentence. */
    public String advice() {
      return advice;
    }
  }

  private final Reason reason;
  private final TableId table;
  private final RowKey row;

  public MutationRefusedException(Reason reason, TableId table, RowKey row) {
    super(
        "cannot publish a mutation of row '"
            + row
            + "' of table '"
            + table
            + "' ("
            + reason
            + "): "
            + reason.advice(),
        null);
    this.reason = reason;
    this.table = table;
    this.row = row;
  }

  public Reason reason() {
    return reason;
  }

  public TableId table() {
    return table;
  }

  /** The row, whose {@code toString} is escaped and cut. */
  public RowKey row() {
    return row;
  }
}
