package io.hrp.consumer.dispatch;

import io.hrp.consumer.apply.ApplyItem;
import io.hrp.consumer.apply.ApplyOutcome.Failed;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way through a lane: the one object that is allocated for it before its mutation
 * is decoded. What the poll thread gives is final; the rest belongs to the lane that holds it.
 */
public final class LaneRecord {
  /** What a record costs on the heap beside its key and value: a round figure, measured once. */
  private static final int OVERHEAD_BYTES = 200;

  final long offset;
  final long timestampMs;
  final long polledNanos;
  final byte @Nullable [] key;
  final byte @Nullable [] value;

  /** The decoded mutation with the families selected for the peer; null until it is decoded. */
  @Nullable ApplyItem item;

  /** Why the record cannot be applied, found before a target saw it, or by the target alone. */
  @Nullable Failed refusal;

  /** Whether it failed for good in company, so that its next call is to be smaller. */
  boolean suspect;

  /** Whether the control topic has to be read once more before its fate is known. */
  boolean awaitsControl;

  /** How often it was sent to the target. */
  int attempts;

  /**
   * @param timestampMs the broker's append time, milliseconds since 1970
   * @param key kept, not copied
   * @param value kept, not copied
   * @param polledNanos when it was polled, on the clock that lanes use
   */
  public LaneRecord(
      long offset,
      long timestampMs,
      byte @Nullable [] key,
      byte @Nullable [] value,
      long polledNanos) {
    this.offset = offset;
    this.timestampMs = timestampMs;
    this.key = key;
    this.value = value;
    this.polledNanos = polledNanos;
  }

  public long offset() {
    return offset;
  }

  /** Bytes it is counted with against the peer's budget. */
  public int sizeBytes() {
    return OVERHEAD_BYTES + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
  }

  ApplyItem requireItem() {
    if (item == null) {
      throw new IllegalStateException("record at offset " + offset + " is not decoded");
    }
    return item;
  }
}
