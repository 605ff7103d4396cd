package io.hrp.producer.internal.route;

import java.util.OptionalInt;

/** The smallest of the limits a record must keep to, and the setting it comes from. Immutable. */
public final class SizeLimit {
  private final int bytes;
  private final String settingName;

  private SizeLimit(int bytes, String settingName) {
    this.bytes = bytes;
    this.settingName = settingName;
  }

  /**
   * The smaller of the producer's limit and the topic's.
   *
   * @param topicBytes the topic's {@code max.message.bytes}; empty if this user may not see it
   */
  public static SizeLimit of(int maxRequestSize, OptionalInt topicBytes) {
    return topicBytes.isPresent() && topicBytes.getAsInt() < maxRequestSize
        ? new SizeLimit(topicBytes.getAsInt(), "the topic's max.message.bytes")
        : new SizeLimit(maxRequestSize, "the producer's max.request.size");
  }

  public int bytes() {
    return bytes;
  }

  public String settingName() {
    return settingName;
  }
}
