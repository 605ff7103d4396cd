package io.hrp.producer.internal.route;

import java.time.Duration;

/** Port: looks at a topic on the broker. Safe for use by any thread. */
public interface TopicInspector {
  /**
   * Describes a topic, waiting no longer than given. Trouble is an answer, not an exception.
   *
   * @throws InterruptedException if the caller is interrupted while it waits
   */
  TopicFacts inspect(String topic, Duration timeout) throws InterruptedException;
}
