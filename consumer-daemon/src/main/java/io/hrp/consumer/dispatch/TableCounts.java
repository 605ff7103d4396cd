package io.hrp.consumer.dispatch;

import java.util.concurrent.atomic.LongAdder;

/** Totals of one table on one peer since the daemon started. Safe for use by any thread. */
public final class TableCounts {
  final LongAdder applied = new LongAdder();
  final LongAdder filtered = new LongAdder();
  final LongAdder discarded = new LongAdder();
  final LongAdder deadLettered = new LongAdder();

  public long applied() {
    return applied.sum();
  }

  public long filtered() {
    return filtered.sum();
  }

  public long discarded() {
    return discarded.sum();
  }

  public long deadLettered() {
    return deadLettered.sum();
  }
}
