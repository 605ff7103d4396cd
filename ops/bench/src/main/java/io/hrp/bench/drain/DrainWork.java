package io.hrp.bench.drain;

import java.util.OptionalInt;

/** What a worker process does. */
enum DrainWork {
  /** Poll, decode, put: the least that brings rows from Kafka to HBase. */
  LOOP("loop", OptionalInt.empty()),
  /** Put rows that lie ready in memory: as fast as the target goes. */
  PUTALL("putall", OptionalInt.of(1_300));

  /** What the daemon has, and what the worker needs as room to work. */
  private static final int DAEMON_HEAP_MEGABYTES = 384;

  private final String title;

  /** Measured with five cells of 20 bytes, a third of the heap being no place for long lives. */
  private final OptionalInt heapBytesPerRow;

  DrainWork(String title, OptionalInt heapBytesPerRow) {
    this.title = title;
    this.heapBytesPerRow = heapBytesPerRow;
  }

  String title() {
    return title;
  }

  /** The heap it needs if that is not the daemon's. */
  OptionalInt heapMegabytes(int rows) {
    return heapBytesPerRow.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(
            DAEMON_HEAP_MEGABYTES
                + Math.toIntExact(((long) rows * heapBytesPerRow.getAsInt()) >> 20));
  }
}
