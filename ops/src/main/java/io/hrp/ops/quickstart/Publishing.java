package io.hrp.ops.quickstart;

import io.hrp.ops.client.ChangePublisher;
import io.hrp.ops.client.RowChange;
import io.hrp.ops.verify.ExpectedCells;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongConsumer;

/**
 * Publishes the data set and notes what the receipts say. {@link #run} belongs to one thread; the
 * counts may be read from any.
 */
final class Publishing {

  private final ChangePublisher publisher;
  private final CharacterData data;
  private final ExpectedCells expected = new ExpectedCells();
  private final AtomicLong acknowledged = new AtomicLong();

  Publishing(ChangePublisher publisher, CharacterData data) {
    this.publisher = Objects.requireNonNull(publisher, "publisher");
    this.data = Objects.requireNonNull(data, "data");
  }

  /** Publishes every row, then changes some of them again; returns when all is acknowledged. */
  void run() {
    AtomicLongArray firstTimestamps = new AtomicLongArray(data.rows());
    for (int i = 0; i < data.rows(); i++) {
      int index = i;
      publish(data.put(index), timestamp -> firstTimestamps.set(index, timestamp));
    }
    // Deletes of exact versions name the timestamps that the receipts have told.
    publisher.flush();
    for (int i = 0; i < data.rows(); i++) {
      for (RowChange change : data.laterChanges(i, firstTimestamps.get(i))) {
        publish(change, timestamp -> {});
      }
    }
    publisher.flush();
  }

  /** Mutations acknowledged so far. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** What every peer has to hold. */
  ExpectedCells expected() {
    return expected;
  }

  private void publish(RowChange change, LongConsumer timestamps) {
    // A failure shows at the flush, which names it; there is nothing to do with the future.
    var unused =
        publisher.publish(
            change,
            (timestamp, cells) -> {
              timestamps.accept(timestamp);
              expected.add(cells);
              acknowledged.incrementAndGet();
            });
  }
}
