package io.hrp.consumer.offset;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is stored beside a committed offset, so that whoever finds it can tell whether it still
 * means what it meant: the id of the topic it counts in, the cluster it was applied to, and the
 * last one-shot signal that was carried out before it.
 *
 * <p>Text form: {@code hrp1 topic=<id> cluster=<id> signal=<id>}, parts that are absent left out
 * and unknown parts ignored, so that a later release can add some. Immutable.
 *
 * @param topicId Kafka's id of the topic
 * @param clusterId the target's own id, as text
 * @param signal id of the last signal carried out; empty if none ever was
 */
public record CommitMetadata(String topicId, String clusterId, Optional<String> signal) {
  private static final String VERSION = "hrp1";

  public CommitMetadata {
    requireWord(topicId, "topicId");
    requireWord(clusterId, "clusterId");
    signal.ifPresent(id -> requireWord(id, "signal"));
  }

  /**
   * Reads the text form.
   *
   * @return empty for text that HRP did not write, such as that of an offset which somebody reset
   *     with Kafka's own tools
   */
  public static Optional<CommitMetadata> parse(String text) {
    String[] words = text.trim().split(" +", -1);
    if (!words[0].equals(VERSION)) {
      return Optional.empty();
    }
    Map<String, String> parts = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals > 0 && equals < words[i].length() - 1) {
        parts.put(words[i].substring(0, equals), words[i].substring(equals + 1));
      }
    }
    String topicId = parts.get("topic");
    String clusterId = parts.get("cluster");
    if (topicId == null || clusterId == null) {
      return Optional.empty();
    }
    return Optional.of(
        new CommitMetadata(topicId, clusterId, Optional.ofNullable(parts.get("signal"))));
  }

  /** The text form, at most a few hundred characters; Kafka takes 4,096. */
  public String toText() {
    return VERSION
        + " topic="
        + topicId
        + " cluster="
        + clusterId
        + signal.map(id -> " signal=" + id).orElse("");
  }

  private static void requireWord(String value, String name) {
    if (value.isEmpty() || value.indexOf(' ') >= 0) {
      throw new IllegalArgumentException(name + " must be one word, got '" + value + "'");
    }
  }
}
