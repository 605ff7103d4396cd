package io.hrp.ops.steer;

import io.hrp.control.TopicOffsets;
import java.util.Map;

/** How many records a peer has not committed. */
final class Backlog {
  private Backlog() {}

  /** Up to these ends; -1 without a topic, or if some partition was never committed. */
  static long of(Map<Integer, Long> committed, TopicOffsets ends) {
    if (ends.topicId().isEmpty()) {
      return -1;
    }
    long records = 0;
    for (Map.Entry<Integer, Long> end : ends.offsets().entrySet()) {
      Long offset = committed.get(end.getKey());
      if (offset == null) {
        return -1;
      }
      records += Math.max(0, end.getValue() - offset);
    }
    return records;
  }
}
