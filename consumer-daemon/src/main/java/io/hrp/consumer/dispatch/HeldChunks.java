package io.hrp.consumer.dispatch;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of records in the order in which they were polled, each with the number up to which the
 * partition has to be confirmed before the chunk may go on. Numbers never fall from one chunk to
 * the next. Belongs to the poll thread.
 */
final class HeldChunks {
  private record Chunk(List<LaneRecord> records, long update, long bytes) {}

  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();

  void add(List<LaneRecord> records, long update, long bytes) {
    chunks.addLast(new Chunk(records, update, bytes));
  }

  /** The oldest chunk if it may go on; null if it may not, or if there is none. */
  @Nullable List<LaneRecord> pollUpTo(long update) {
    Chunk first = chunks.peekFirst();
    if (first == null || first.update() > update) {
      return null;
    }
    chunks.removeFirst();
    return first.records();
  }

  /** Drops all. Returns their bytes. */
  long clear() {
    long bytes = 0;
    for (Chunk chunk : chunks) {
      bytes += chunk.bytes();
    }
    chunks.clear();
    return bytes;
  }

  /** When the oldest record was polled; only if there is one. */
  long oldestPolledNanos() {
    return chunks.getFirst().records().get(0).polledNanos;
  }

  boolean isEmpty() {
    return chunks.isEmpty();
  }
}
