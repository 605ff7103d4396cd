package io.hrp.producer.hbase;

import io.hrp.wire.RowKey;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.TableName;

/**
 * Keeps order where a mutation runs on the local cluster before it is published.
 *
 * <p>A region server may give two increments of a cell one timestamp; on another cluster the one
 * published last then wins. So running locally and handing to Kafka happen under one lock for all
 * such calls of a row. A conditional mutation gets its timestamp here, above those that plain
 * writes of this connection have got, and the call returns once the clock has passed it, so that
 * later plain writes lie above it in turn.
 *
 * <p>Rows share {@value #STRIPES} locks. Between processes there is no such order. Safe for use by
 * any thread.
 */
final class RowStamps {
  private static final int STRIPES = 64;

  private final Clock clock;
  private final Stripe[] stripes = new Stripe[STRIPES];

  RowStamps(Clock clock) {
    this.clock = clock;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  Stripe of(TableName table, byte[] row) {
    return stripes[Math.floorMod(31 * table.hashCode() + RowKey.wrap(row).hashCode(), STRIPES)];
  }

  /** The lock and the highest known timestamp of some rows. */
  final class Stripe {
    private final ReentrantLock lock = new ReentrantLock();
    private long highest;

    private Stripe() {}

    ReentrantLock lock() {
      return lock;
    }

    /** Notes a timestamp that a plain write was given. */
    void given(long timestamp) {
      if (timestamp != HConstants.LATEST_TIMESTAMP) {
        synchronized (this) {
          highest = Math.max(highest, timestamp);
        }
      }
    }

    /** A timestamp above all that were noted. */
    synchronized long next() {
      highest = Math.max(highest + 1, clock.millis());
      return highest;
    }

    /** Returns once the clock has passed a timestamp. */
    void awaitPassed(long timestamp) throws InterruptedException {
      for (long now = clock.millis(); now <= timestamp; now = clock.millis()) {
        Thread.sleep(timestamp + 1 - now);
      }
    }
  }
}
