package io.hrp.wire;

import java.util.Set;

/**
 * What the writer adds to a mutation when it publishes it.
 *
 * <p>Immutable and safe for use by any thread.
 */
public final class WriterStamp {
  private final long timestamp;
  private final long publishTimeMs;
  private final Set<String> attributeNames;

  private WriterStamp(long timestamp, long publishTimeMs, Set<String> attributeNames) {
    if (timestamp < 0 || timestamp == Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a timestamp is 0 to 9223372036854775806, got " + timestamp);
    }
    this.timestamp = timestamp;
    this.publishTimeMs = publishTimeMs;
    this.attributeNames = attributeNames;
  }

  /** A stamp that carries none of the mutation's further attributes. */
  public static WriterStamp of(long timestamp, long publishTimeMs) {
    return new WriterStamp(timestamp, publishTimeMs, Set.of());
  }

  /**
   * A stamp that carries the named attributes.
   *
   * @param timestamp given to every cell that has none, 0 to 2^63 - 2
   * @param publishTimeMs milliseconds since 1970
   * @param attributeNames kept as it is if immutable ({@code Set.copyOf}), else copied
   * @throws IllegalArgumentException if the timestamp is out of range, or a name is one of HBase's
   *     own
   */
  public static WriterStamp of(long timestamp, long publishTimeMs, Set<String> attributeNames) {
    Set<String> names = Set.copyOf(attributeNames);
    for (String name : names) {
      if (AttributeNames.isHBases(name)) {
        throw new IllegalArgumentException(
            "attribute '" + name + "' is HBase's own and cannot be allow-listed");
      }
    }
    return new WriterStamp(timestamp, publishTimeMs, names);
  }

  /** Timestamp of the cells that have none. */
  public long timestamp() {
    return timestamp;
  }

  /** When the mutation is published, in milliseconds since 1970. */
  public long publishTimeMs() {
    return publishTimeMs;
  }

  /** Names of the attributes that travel with the mutation. */
  public Set<String> attributeNames() {
    return attributeNames;
  }
}
