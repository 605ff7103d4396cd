package io.hrp.bench.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.hbase.client.AsyncTable;
import org.apache.hadoop.hbase.client.Put;

/** Puts in calls of 2,000, four of them in flight. Used by one thread. */
final class PutPipeline {

  private static final int BATCH = 2_000;
  private static final int CALLS = 4;

  private final AsyncTable<?> table;
  private final Semaphore permits = new Semaphore(CALLS);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private List<Put> batch = new ArrayList<>(BATCH);

  PutPipeline(AsyncTable<?> table) {
    this.table = table;
  }

  void add(Put put) throws InterruptedException {
    batch.add(put);
    if (batch.size() == BATCH) {
      send();
    }
  }

  /** Sends the rest and waits until all is acknowledged. */
  void finish() throws InterruptedException {
    if (!batch.isEmpty()) {
      send();
    }
    permits.acquire(CALLS);
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("a call failed: " + thrown, thrown);
    }
  }

  private void send() throws InterruptedException {
    permits.acquire();
    var unused =
        table
            .putAll(batch)
            .whenComplete(
                (done, thrown) -> {
                  if (thrown != null) {
                    failure.compareAndSet(null, thrown);
                  }
                  permits.release();
                });
    batch = new ArrayList<>(BATCH);
  }
}
