package io.hrp.consumer.deadletter;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read from its topic: where it stands, its key and its value, byte for byte.
 * Immutable as long as the arrays handed in are left alone; equal by content.
 */
public final class SourceRecord {
  private final String topic;
  private final int partition;
  private final long offset;
  private final byte @Nullable [] key;
  private final byte @Nullable [] value;

  private SourceRecord(
      String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
    this.topic = requireNonNull(topic, "topic");
    this.partition = partition;
    this.offset = offset;
    this.key = key;
    this.value = value;
  }

  /** Wraps the arrays without a copy: the caller does not alter them afterwards. */
  public static SourceRecord of(
      String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
    return new SourceRecord(topic, partition, offset, key, value);
  }

  public String topic() {
    return topic;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }

  /** A read-only view of the record key; empty if the record has none. */
  public Optional<ByteBuffer> key() {
    return Optional.ofNullable(key).map(bytes -> ByteBuffer.wrap(bytes).asReadOnlyBuffer());
  }

  /** A read-only view of the value; empty if the record has none. */
  public Optional<ByteBuffer> value() {
    return Optional.ofNullable(value).map(bytes -> ByteBuffer.wrap(bytes).asReadOnlyBuffer());
  }

  byte @Nullable [] keyBytes() {
    return key;
  }

  byte @Nullable [] valueBytes() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SourceRecord that
        && topic.equals(that.topic)
        && partition == that.partition
        && offset == that.offset
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, partition, offset);
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
